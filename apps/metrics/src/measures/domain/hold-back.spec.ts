import * as fc from 'fast-check';
import { type Entry, heldBack } from './hold-back.js';

/** A table with its totals: a row a part, a column an authority and one for all of them. */
function table(counts: Record<string, number[]>): Entry[] {
  const columns = Object.entries(counts);
  const all = columns[0]![1].map((_, row) => columns.reduce((sum, [, column]) => sum + column[row]!, 0));
  return [...columns, ['all', all] as const].flatMap(([column, values]) => values.map((count, row) => ({ row: `part ${row}`, column, counts: [count] })));
}

const hidden = (entries: Entry[]): string[] => [...heldBack(entries)].map(({ column, row, counts }) => `${column} ${row}: ${counts.join('/')}`).toSorted();

describe('small numbers', () => {
  it('are held back with a second cell, in what is asked and in what it could be taken from', () => {
    expect(hidden(table({ W: [100, 40, 3], N: [90, 20, 10] }))).toEqual(['N part 1: 20', 'N part 2: 10', 'W part 1: 40', 'W part 2: 3']);
  });
  it('are shown where there is nothing to hold back', () => {
    expect(hidden(table({ W: [100, 40, 5], N: [90, 20, 10] }))).toEqual([]);
  });
  it('of an authority without any case are no secret, since its total says so', () => {
    expect(hidden(table({ W: [100, 40], N: [0, 0] }))).toEqual([]);
  });
  it('take a third where two that are hidden are known to be nothing', () => {
    expect(hidden([{ row: 'a', column: 'all', counts: [0] }, { row: 'b', column: 'all', counts: [0] }, { row: 'c', column: 'all', counts: [9] }, { row: 'd', column: 'all', counts: [7] }])).toEqual([
      'all a: 0', 'all b: 0', 'all d: 7',
    ]);
  });
  it('that are shown together are held back together', () => {
    const entries = [{ row: 'a', column: 'all', counts: [50, 2] }, { row: 'b', column: 'all', counts: [40, 30] }, { row: 'c', column: 'all', counts: [90, 20] }];
    expect([...heldBack(entries)].map(({ row }) => row)).toEqual(['a', 'b']);
  });

  const column = fc.array(fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 0, max: 8 }) }, fc.integer({ min: 0, max: 90 })), { minLength: 4, maxLength: 4 });
  it('can be worked out from no sum', () => {
    fc.assert(
      fc.property(column, column, column, (W, N, X) => {
        const entries = table({ W, N, X });
        const held = heldBack(entries);
        const present = entries.filter((entry) => entries.some((other) => other.column === entry.column && other.counts[0]! > 0));
        expect(present.filter((entry) => entry.counts[0]! < 5 && !held.has(entry))).toEqual([]);
        const sums = [...Map.groupBy(present, (entry) => entry.column).values(), ...Map.groupBy(present, (entry) => entry.row).values()];
        const gaps = sums.map((sum) => sum.filter((entry) => held.has(entry)).length - (sum.every((entry) => held.has(entry)) ? 1 : 0));
        expect(gaps.filter((gap, at) => gap === 1 && sums[at]!.length > 2 && sums[at]!.some((entry) => !held.has(entry)))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
