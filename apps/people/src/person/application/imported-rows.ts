import type { Tx } from '#libs/journal';

/** The rows that people were imported with. */
export abstract class ImportedRows {
  /** The references of whoever of these people came with an extract. An id tells none, so that all rows are looked at, which takes a while. */
  abstract referencesOf(personIds: readonly string[]): Promise<string[]>;
  /** Empties these rows. */
  abstract forget(tx: Tx, references: readonly string[]): Promise<void>;
}
