/** Whose enquiries were disposed of: who keeps enquiries says so. */
export abstract class GoneEnquiries {
  /** Those of these concerns whose enquiry is gone. One of which nothing can be learnt now is not among them: it is kept. */
  abstract among(concernIds: readonly string[]): Promise<ReadonlySet<string>>;
}
