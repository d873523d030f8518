import type { Day } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import type { RecordKind } from '../domain/parts.js';
import type { SearchTerms } from '../domain/search.js';

/** A record that names somebody. */
export interface NamedIn {
  personId: string;
  recordId: string;
  recordKind: RecordKind;
  receivedOn: Day;
}

/** How people are searched for by somebody of an authority. */
export abstract class SearchFile {
  /**
   * The people most worth comparing with what is asked for, 200 at most, and whether there are more. Joined ones are among
   * them; left out is whoever this authority knows only by records that are restricted and not open to whoever asks, as far
   * as it is told here which those are: of an import it is not.
   */
  abstract candidates(tx: Tx, terms: SearchTerms, authority: string): Promise<{ ids: string[]; areMore: boolean }>;
  /** The records of this authority that name these people, or somebody joined into them, less what is restricted and not open to whoever asks; the latest first. */
  abstract namedIn(tx: Tx, personIds: string[], authority: string): Promise<NamedIn[]>;
}
