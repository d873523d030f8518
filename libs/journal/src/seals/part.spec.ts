import { createHash, createSecretKey } from 'node:crypto';
import { assert, constantFrom, nat, property, record, uniqueArray } from 'fast-check';
import { differenceOf, type Part, PartMaker } from './part.js';
import type { LogRow } from './sealed-logs.js';

const key = createSecretKey(Buffer.alloc(32, 7));
const rowAt = (position: number): LogRow => ({ position, hash: createHash('sha256').update(`row ${position}`).digest() });

function partOf(rows: LogRow[]): Part {
  const maker = new PartMaker(key, 'journal');
  for (const row of rows) maker.add(row);
  return maker.part({ after: 0, upTo: 1_000 });
}

/** A journal with gaps, and one thing that somebody did to it. */
const changes = record({
  positions: uniqueArray(nat(200).map((n) => n + 1), { minLength: 1, maxLength: 60 }).map((all) => all.toSorted((a, b) => a - b)),
  which: nat(),
  change: constantFrom('removed', 'changed', 'added', 'exchanged'),
});

describe('comparing rows with those that were sealed', () => {
  it('finds nothing where nothing was done', () => {
    const rows = [1, 2, 5].map(rowAt);
    expect(differenceOf(partOf(rows), partOf(rows))).toBeUndefined();
    expect(differenceOf(partOf([]), partOf([]))).toBeUndefined();
  });

  it('finds any one row that was removed, changed, added or given another’s hash, and says which', () =>
    assert(
      property(changes, ({ positions, which, change }) => {
        const rows = positions.map(rowAt);
        const at = which % rows.length;
        const position = positions[at]!;
        const none = { missing: [], changed: [], added: [] };
        const other = { position, hash: rowAt(1_000).hash };
        const [now, expected] = {
          removed: [rows.toSpliced(at, 1), { ...none, missing: [position] }],
          changed: [rows.with(at, other), { ...none, changed: [position] }],
          added: [[...rows, rowAt(500)], { ...none, added: [500] }],
          exchanged: [rows.with(at, { position, hash: rowAt(position + 1).hash }), { ...none, changed: [position] }],
        }[change] as [LogRow[], object];
        expect(differenceOf(partOf(rows), partOf(now))).toEqual(expected);
      }),
    ));

  it('finds a row of the audit whose every column is told', () => {
    const audited = (why: string | null): Part => {
      const maker = new PartMaker(key, 'read_audit');
      maker.add({ id: 3, read_at: '2026-06-01T09:00:00.000000Z', actor: 'officer-1', record_ids: ['a', 'b'], why });
      return maker.part({ after: 0, upTo: 3 });
    };
    expect(differenceOf(audited('visit'), audited('call'))).toMatchObject({ changed: [3] });
    expect(differenceOf(audited(null), audited('call'))).toMatchObject({ changed: [3] });
  });
});
