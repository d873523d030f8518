import { assert, asyncProperty, constantFrom, integer, nat, record, uniqueArray, uuid } from 'fast-check';
import { genesis, type Link, linkHash } from '../chain.js';
import type { Row } from '../journal.js';
import { brokenLinks } from './chain.js';

const at = '2026-06-01T09:00:00.000000Z';

/** A journal read record by record, as it was told. */
function journalOf(stories: { recordId: string; events: number }[]): Row[] {
  let position = 0;
  return stories
    .toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1))
    .flatMap(({ recordId, events }) => {
      let hash = genesis;
      return Array.from({ length: events }, (_, index): Row => {
        const link: Link = {
          id: `${recordId.slice(0, -2)}${index + 10}`, recordId, sequence: index + 1, contractSequence: index + 1, type: 'Counted', authority: 'E06000062',
          occurredAt: at, recordedAt: at, actor: 'officer-1', data: { to: index, of: { more: [1, 2] } }, traceparent: null, causationId: null,
        };
        hash = linkHash(hash, link);
        return {
          position: (position += 1), id: link.id, record_id: recordId, sequence: link.sequence, contract_sequence: link.contractSequence, type: link.type, authority: link.authority,
          occurred_at: at, recorded_at: at, actor: link.actor, data: link.data as Row['data'], traceparent: null, causation_id: null, hash,
        };
      });
    });
}

const stories = uniqueArray(record({ recordId: uuid(), events: integer({ min: 2, max: 6 }) }), { minLength: 1, maxLength: 8, selector: ({ recordId }) => recordId });

const changes: Record<string, (row: Row) => Row> = {
  id: (row) => ({ ...row, id: `${row.id.slice(0, -2)}99` }),
  'contract sequence': (row) => ({ ...row, contract_sequence: null }),
  type: (row) => ({ ...row, type: 'Reset' }),
  authority: (row) => ({ ...row, authority: 'E06000061' }),
  'when it happened': (row) => ({ ...row, occurred_at: '2026-06-01T09:00:00.000001Z' }),
  'when it was learnt': (row) => ({ ...row, recorded_at: '2026-06-01T09:00:00.000001Z' }),
  actor: (row) => ({ ...row, actor: null }),
  data: (row) => ({ ...row, data: { ...row.data, of: { more: [2, 1] } } }),
  trace: (row) => ({ ...row, traceparent: 'invented' }),
  cause: (row) => ({ ...row, causation_id: 'invented' }),
  hash: (row) => ({ ...row, hash: Buffer.alloc(32, 1) }),
};

const findings = async (rows: Row[]) => Array.fromAsync(brokenLinks(rows));

describe('checking a journal’s chains', () => {
  it('finds nothing in one that is as it was told', () =>
    assert(asyncProperty(stories, async (all) => expect(await findings(journalOf(all))).toEqual([]))));

  it('finds any one thing that was changed in any row, and says in which', () =>
    assert(
      asyncProperty(stories, nat(), constantFrom(...Object.keys(changes)), async (all, which, change) => {
        const rows = journalOf(all);
        const row = rows[which % rows.length]!;
        const found = await findings(rows.with(rows.indexOf(row), changes[change]!(row)));
        expect(found[0]).toMatchObject({ where: { record: row.record_id, sequence: row.sequence } });
      }),
    ));

  it('finds any row that is missing before another of its record', () =>
    assert(
      asyncProperty(stories, nat(), async (all, which) => {
        const rows = journalOf(all);
        const followed = rows.filter((row, index) => rows[index + 1]?.record_id === row.record_id);
        const row = followed[which % followed.length]!;
        expect(await findings(rows.filter((one) => one !== row))).toEqual([{ what: 'an event is missing', where: { record: row.record_id, sequence: row.sequence } }]);
      }),
    ));
});
