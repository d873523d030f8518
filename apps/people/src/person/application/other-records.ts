/** People who go together, and the concerns that name them or did. */
export interface AskedAbout {
  people: readonly string[];
  concerns: readonly string[];
}

/** The records that other services keep: each knows for itself whom they name, imported and restricted ones among them. */
export abstract class OtherRecords {
  /** Of each of these, whether any record that is kept names them; undefined where one service cannot say now: all are kept. */
  abstract name(asked: readonly AskedAbout[]): Promise<boolean[] | undefined>;
}
