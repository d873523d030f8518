import { parse, v5 } from 'uuid';
import type { Instant } from '#libs/calendar';
import { codes } from '#libs/contracts';
import { restrictedToo, type Sight, type Tx, unread } from '#libs/journal';
import { heldAs } from './held-as.js';
import type { Columns, Row } from './open-extract.js';
import type { RowJudge } from './row-judge.js';

/** One go at an extract. Its id tells what was held before it from what it took itself. */
export interface Run {
  id: string;
  beganAt: Instant;
  isDry: boolean;
}

/** Rows that are kept lie in this scope; those of a dry run in its own. */
export const keptScope = '00000000-0000-0000-0000-000000000000';

/** The scopes that a run can see: what is kept, and what a dry run took before. */
export const scopesOf = (run: Pick<Run, 'id'>): string[] => [keptScope, run.id];

/** As bytes: read from its text for every row, it would take as long as the digest. */
const namespace = parse('f0f2a3c8-6b0e-5a86-9d64-6f1c1f1f8a51');

/** A record's id follows from its reference in the old system, so that every import and every service finds the same. */
export const recordIdOf = (kind: 'person' | 'concern' | 'dols_request', reference: string): string =>
  v5(`${kind}:${heldAs(reference)}`, namespace);

/** Whose rows a batch sees: a row that is set aside may be one of which nobody can tell whose it is. */
export const sightOfBatch = (sees: 'named' | 'every', authorities: readonly (string | null)[]): Sight =>
  sees === 'every' ? 'every' : [unread, restrictedToo, ...authorities.filter((one) => one !== null)];

/** The authority that a cell names; null where it names none that there is. */
export function authorityIn(cell: string | undefined): string | null {
  const read = codes.authority.safeParse(cell);
  return read.success ? read.data : null;
}

/** One file of the extract as its service reads it. `Facts` is what a batch is judged against, `Taken` an accepted row. */
export interface ExtractSource<Facts, Taken> {
  readonly file: 'people' | 'concerns' | 'enquiries' | 'dols';
  readonly columns: Columns;
  /** The column whose value is the row's reference. */
  readonly reference: string;
  /**
   * Whose rows a batch is written among: those of the authorities that its rows name, or everybody's where a row does not say
   * for itself whose it is.
   */
  readonly sees: 'named' | 'every';
  /** Whose a row is, as far as it can be read; null where it cannot. */
  authorityOf(row: Row, facts: Facts): string | null;
  /** Asks other services, in bulk and outside any transaction, what these rows are to be judged against. */
  gather(rows: Row[], run: Run): Promise<Facts>;
  /** Adds what only this service's own tables know. Runs in the batch's transaction. */
  gatherOwn?(tx: Tx, rows: Row[], run: Run, facts: Facts): Promise<void>;
  /** Finds everything that is wrong with a row; what it returns is used only where nothing was found. */
  judge(row: Row, judge: RowJudge, facts: Facts): Taken;
  /** A row of this batch was accepted: later ones are judged knowing it. */
  accepted?(taken: Taken, facts: Facts): void;
  /** Writes the accepted rows' stories. Runs in the batch's transaction; not called on a dry run. */
  take(tx: Tx, taken: Taken[], run: Run): Promise<void>;
  /** What later files' owners ask about this row; codes and ids, or sealed. */
  detail?(taken: Taken): object;
}
