import { ALL } from './question.js';

/** A cell of a table: its row is a part of a split, its column an authority or `all`, its counts are shown or held back together. */
export interface Entry {
  readonly row: string;
  readonly column: string;
  readonly counts: readonly number[];
}

/** A count under this could point at somebody. */
const SMALLEST_SHOWN = 5;

/**
 * The cells to hold back: those with a small count and, where one could be worked out from the totals, which stay exact, the
 * smallest further one. It is the same whichever authority is asked for, so that no two answers give a third away.
 */
export function heldBack(entries: readonly Entry[]): Set<Entry> {
  const columns = [...Map.groupBy(entries, (entry) => entry.column).values()].filter((column) => weight(column) > 0);
  const held = new Set(columns.flat().filter(isSmall));
  const sums = [...columns, ...Map.groupBy(columns.flat(), (entry) => entry.row).values()];
  while (sums.some((sum) => protect(sum, held)));
  return held;
}

/** Holds back one more cell of a sum that would give one away; false when it does not, or nothing is left to hold back. */
function protect(sum: readonly Entry[], held: Set<Entry>): boolean {
  const hidden = sum.filter((entry) => held.has(entry));
  if (hidden.length === 0) return false;
  const known = hidden.length === 1 ? sum : sum.filter((entry) => givesAway(hidden, entry));
  const [next] = known.filter((entry) => !held.has(entry)).toSorted((one, other) => weight([one]) - weight([other]));
  if (next) held.add(next);
  return next !== undefined;
}

/** Several hidden counts that add up to nothing are all nothing; a cell that holds some of that figure hides them again. */
function givesAway(hidden: readonly Entry[], { counts }: Entry): boolean {
  if (hidden.some(({ column }) => column === ALL) && hidden.some(({ column }) => column !== ALL)) return false;
  return counts.some((count, at) => count > 0 && hidden.every((entry) => entry.counts[at] === 0));
}

const isSmall = ({ counts }: Entry) => counts.some((count) => count < SMALLEST_SHOWN);

const weight = (entries: readonly Entry[]) => entries.reduce((sum, { counts }) => sum + counts.reduce((one, other) => one + other, 0), 0);
