import type { Day, Instant } from '#libs/calendar';
import type { Cell, Figures } from '../domain/cells.js';
import type { Definition } from '../domain/definition.js';
import { type Entry, heldBack } from '../domain/hold-back.js';
import { aboutPeople, ALL, type Period, type Question } from '../domain/question.js';
import type { Reading } from './fact-reader.js';

/** What a figure shows as where its count is too small to be shown. */
export const HELD_BACK = '[c]';

export type Shown = Record<string, number | null | typeof HELD_BACK>;

export interface Answer {
  key: string;
  title: string;
  definition: string;
  authority: string;
  as_of: Day;
  known_at: Instant | null;
  split_by: string | null;
  periods: { name: string; from: Day; to: Day; figures: Shown; split?: Record<string, Shown> }[];
}

/** One measure for whoever asks: exact in total and, where it is split, with small numbers of people held back. */
export async function answer(reading: Reading, definition: Definition, question: Question): Promise<Answer> {
  const { key, title, nothing } = definition;
  const { authority, periods, asOf, knownAt, splitBy } = question;
  const totals = await reading.cells(key, { ...question, splitBy: null });
  const parts = await partsOf(reading, definition, question);
  const figuresOf = (_: Period, at: number): Figures => totals.find((cell) => cell.authority === authority && cell.period === at)?.values ?? nothing;
  return {
    key, title, definition: definition.definition, authority, as_of: asOf, known_at: knownAt, split_by: splitBy,
    periods: periods.map((period, at) => ({ ...period, figures: figuresOf(period, at), ...(splitBy === null ? {} : { split: parts(at) }) })),
  };
}

/** Every authority's parts are looked at, whichever is asked for: what one answer holds back, no other may give away. */
async function partsOf(reading: Reading, definition: Definition, question: Question): Promise<(period: number) => Record<string, Shown>> {
  const { authority, splitBy } = question;
  if (splitBy === null) return () => ({});
  const isHeldBack = aboutPeople.has(splitBy);
  const cells = await reading.cells(definition.key, isHeldBack ? { ...question, authority: ALL } : question);
  const parts = [...new Set(cells.map((cell) => cell.part ?? ''))].toSorted();
  const authorities = [...new Set([...cells.map((cell) => cell.authority), authority, ...(isHeldBack ? [ALL] : [])])];
  return (period) => {
    const found = new Map(cells.filter((cell) => cell.period === period).map((cell) => [placeOf(cell), cell.values]));
    const table = authorities.flatMap((column) =>
      parts.map((row) => ({ column, row, figures: found.get(placeOf({ authority: column, part: row })) ?? definition.nothing })),
    );
    const shown = isHeldBack ? withoutSmall(table, definition) : table;
    return Object.fromEntries(shown.filter((one) => one.column === authority).map(({ row, figures }) => [row, figures]));
  };
}

const placeOf = ({ authority, part }: Pick<Cell<unknown>, 'authority' | 'part'>): string => JSON.stringify([authority, part]);

interface Row {
  column: string;
  row: string;
  figures: Figures;
}

/** The same table with what must be held back, counts and whatever was worked out from them, shown as `[c]`. */
function withoutSmall(table: readonly Row[], { counts, derived }: Definition): { column: string; row: string; figures: Shown }[] {
  const hidden = new Map<Row, Set<string>>(table.map((one) => [one, new Set()]));
  for (const names of counts) {
    const entries = new Map<Entry, Row>(
      table.map((one) => [{ row: one.row, column: one.column, counts: names.map((name) => one.figures[name] ?? 0) }, one]),
    );
    for (const entry of heldBack([...entries.keys()])) {
      const row = entries.get(entry);
      if (row) for (const name of names) hidden.get(row)?.add(name);
    }
  }
  return table.map((one) => ({ ...one, figures: show(one.figures, hidden.get(one) ?? new Set(), derived) }));
}

function show(figures: Figures, hidden: ReadonlySet<string>, derived: Definition['derived']): Shown {
  const isHidden = (name: string) => hidden.has(name) || (derived[name] ?? []).some((count) => hidden.has(count));
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, isHidden(name) ? HELD_BACK : figure]));
}
