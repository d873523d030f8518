import type { Queries } from '../database.js';
import { untilWritten } from '../settled.js';
import { RecordKeys, type Wrapped } from './record-keys.js';
import { closeAnew, type SealedRows } from './sealed-rows.js';
import type { Vault } from './vault.js';

/** What else follows from a service's keys and is made again under the first. */
export interface MadeAnew {
  name: string;
  /** Returns how many that were. */
  makeAnew(): Promise<number>;
}

export interface RotationParts {
  queries: Queries;
  vault: Vault;
  /** Whether its records have keys: one that keeps none has nothing to wrap. */
  hasRecords: boolean;
  sealed: readonly SealedRows[];
  besides: readonly MadeAnew[];
}

/** What a change of keys came to. */
export interface Rotated {
  wrapped: number;
  /** What no key opens: somebody changed it. */
  unreadable: number;
  madeAnew: number;
  /** The id of the first key. */
  under: string | null;
  /** The ids of the keys that nothing needs any more. */
  retired: (string | null)[];
}

/** Longer than a process goes without looking at its key file. */
const noticedMs = 2_000;
/** A transaction is ended by the database before that. */
const patienceMs = 90_000;

/**
 * Takes whatever a service's keys protect to the first key of its file, on a live system and in constant memory. What was
 * done stays done when it is given up half way, and the next time goes on from there.
 */
export async function rotate({ queries, vault, hasRecords, sealed, besides }: RotationParts, tell: (progress: Record<string, number | string>) => void, pause: (ms: number) => Promise<unknown>): Promise<Rotated> {
  const keys = new RecordKeys(queries, vault);
  const [under, ...others] = vault.look().ids;
  const done = { wrapped: 0, unreadable: 0, madeAnew: 0 };
  const go = async (pages: AsyncGenerator<Wrapped>): Promise<void> => {
    for await (const { wrapped, unreadable } of pages) {
      done.wrapped += wrapped;
      done.unreadable += unreadable;
      tell({ doing: 'wrapping', wrapped: done.wrapped });
    }
  };
  const takeOver = async (): Promise<void> => {
    if (hasRecords) await go(keys.wrapAnew());
    for (const rows of sealed) await go(closeAnew(queries, vault, rows));
  };
  await takeOver();
  // Until every process has looked at its file, and whoever had something in hand under an old key has put it down.
  await pause(noticedMs);
  if (hasRecords) for (const id of others) await keys.retire(id);
  for (const table of [...(hasRecords ? ['record_key'] : []), ...sealed.map(({ table }) => table)]) await untilWritten(queries, table, patienceMs);
  done.unreadable = 0;
  await takeOver();
  for (const one of besides) {
    tell({ doing: `making ${one.name} anew` });
    done.madeAnew += await one.makeAnew();
  }
  return { ...done, under, retired: done.unreadable > 0 ? [] : unneeded(hasRecords ? await keys.counts() : [], others) };
}

/** Those of these keys that no row is under. */
function unneeded(counts: { id: string | null }[], ids: (string | null)[]): (string | null)[] {
  const used = new Set(counts.map(({ id }) => id));
  return ids.filter((id) => !used.has(id));
}
