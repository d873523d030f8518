/** What became of a concern's enquiry, as far as its end goes. */
export interface ItsEnquiry {
  enquiryId: string;
  isDisposed: boolean;
  /** It is under a legal hold, which keeps its concern too. */
  onHold: boolean;
}

/** Whose enquiries were disposed of, and which are on hold: who keeps enquiries says so. */
export abstract class GoneEnquiries {
  /** The enquiries of these concerns; undefined where nothing can be learnt now: what came to an enquiry is kept. */
  abstract of(concernIds: readonly string[]): Promise<ReadonlyMap<string, ItsEnquiry> | undefined>;
}
