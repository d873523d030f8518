import { Ages, RowJudge } from '#libs/extract';
import { columns, judgeRequest } from './judge-request.js';

const beganAt = '2026-08-01T09:00:00.000000Z';
type Column = (typeof columns.required)[number] | (typeof columns.optional)[number];
const empty = Object.fromEntries([...columns.required, ...columns.optional].map((column) => [column, '']));
const waiting = {
  ...empty,
  application_ref: 'D1',
  authority: 'E06000062',
  person_ref: 'P1',
  received_at: '2025-06-01T09:00:00Z',
  kind: 'new',
  priority: 'low',
};
const granted = {
  ...waiting,
  decided_at: '2025-07-01T09:00:00Z',
  outcome: 'granted',
  authorised_from: '2025-07-01',
  authorised_to: '2026-06-30',
};

let ages: Ages;
beforeAll(async () => {
  const ask = globalThis.fetch;
  globalThis.fetch = async (_url, init) => {
    const { questions } = JSON.parse(String(init?.body)) as { questions: { reference: string }[] };
    return Response.json({
      ages: questions.map(({ reference }) => ({ isKnown: reference !== 'P3', ageBand: reference === 'P1' ? '85-94' : 'not_known', isUnder18: reference === 'P2' })),
    });
  };
  const days = ['2025-06-01', null];
  ages = await Ages.ask({ url: 'http://people', signing: async () => ({}) }, 'run', ['P1', 'P2', 'P3'].flatMap((reference) => days.map((on) => ({ reference, on }))));
  globalThis.fetch = ask;
});

function judged(change: Partial<Record<Column, string>> = {}, base: Record<string, string> = waiting) {
  const row = { line: 2, cells: { ...base, ...change }, raw: [] };
  const judge = new RowJudge(row, beganAt);
  const taken = judgeRequest(row, judge, ages);
  return { codes: [...judge.codes].toSorted(), flags: judge.flags, taken };
}
const codesOf = (change: Partial<Record<Column, string>>, base?: Record<string, string>) => judged(change, base).codes;

describe('a row of dols.csv', () => {
  it('is taken as it stands', () => {
    expect(judged()).toMatchObject({ codes: [], flags: [], taken: { reference: 'D1', ageBand: '85-94', priority: 'low', urgent: null, outcome: null } });
    expect(judged({}, granted)).toMatchObject({ codes: [], taken: { outcome: 'granted', authorisedTo: '2026-06-30' } });
  });

  it.each(columns.required)('needs %s', (column) => expect(codesOf({ [column]: '' })).toEqual([`missing_value:${column}`]));

  it.each(['authority', 'kind', 'urgent', 'setting', 'priority'] as const)('has a code of its list as %s', (column) =>
    expect(codesOf({ [column]: 'purple' })).toEqual([`bad_value:${column}`]));

  it.each(['received_at', 'allocated_at', 'decided_at'] as const)('has a time that was as %s', (column) => {
    const codes = (cell: string) => codesOf({ [column]: cell }, granted).filter((code) => code.endsWith(column));
    expect(codes('yesterday')).toEqual([`bad_value:${column}`]);
    expect(codes('2025-03-30T01:30')).toContain(`no_such_time:${column}`);
    expect(codes('2026-08-01T09:00:00.000001Z')).toContain(`in_the_future:${column}`);
    expect(judged({ [column]: '2025-10-26 01:30' }, { ...granted, received_at: '' }).flags).toContain(`time_occurs_twice:${column}`);
  });

  it.each(['authorised_from', 'authorised_to'] as const)('has a date as %s', (column) =>
    expect(codesOf({ [column]: '2025-02-29' }, granted)).toEqual([`bad_value:${column}`]));

  it('is about somebody who was imported', () => {
    expect(codesOf({ person_ref: 'P3' })).toEqual(['unknown_reference:person_ref']);
    expect(codesOf({ person_ref: 'P3', received_at: 'yesterday' })).toEqual(['bad_value:received_at', 'unknown_reference:person_ref']);
    expect(judged({ person_ref: 'P2' })).toMatchObject({ codes: [], flags: ['under_18'] });
  });

  it('is in order in two places and no other', () => {
    expect(codesOf({ decided_at: '2025-06-01T08:59:59Z' }, granted)).toEqual(['out_of_order:decided_at']);
    expect(codesOf({ decided_at: '2025-06-01T09:00:00Z' }, granted)).toEqual([]);
    expect(codesOf({ authorised_to: '2025-06-30' }, granted)).toEqual(['out_of_order:authorised_to']);
    expect(codesOf({ allocated_at: '2020-01-01T00:00:00Z' }, granted)).toEqual([]);
  });

  it.each([
    ['2025-07-01', '2026-07-01', []],
    ['2025-07-01', '2026-07-02', ['authorised_too_long']],
    ['2024-02-29', '2025-02-28', []],
    ['2024-02-29', '2025-03-01', ['authorised_too_long']],
  ])('is authorised for a year at most: %s to %s', (authorised_from, authorised_to, expected) =>
    expect(codesOf({ authorised_from, authorised_to }, granted)).toEqual(expected));

  it.each<Partial<Record<Column, string>>>([
    { authorised_to: '' },
    { authorised_from: '', authorised_to: '' },
    { outcome: 'died' },
    { outcome: '' },
    { decided_at: '' },
    { decided_at: '', authorised_to: '' },
    { outcome: '', decided_at: '' },
  ])('contradicts itself once: %j', (change) => expect(codesOf(change, granted)).toEqual(['contradiction:outcome']));

  it('counts a bad cell as filled, and a bad outcome as neither granted nor another', () => {
    expect(codesOf({ outcome: 'purple' }, granted)).toEqual(['bad_value:outcome']);
    expect(codesOf({ outcome: 'purple', authorised_from: '' }, granted)).toEqual(['bad_value:outcome']);
    expect(codesOf({ outcome: 'purple', decided_at: '' }, granted)).toEqual(['bad_value:outcome', 'contradiction:outcome']);
    expect(codesOf({ decided_at: 'yesterday' }, granted)).toEqual(['bad_value:decided_at']);
    expect(codesOf({ authorised_from: 'yesterday' }, { ...granted, outcome: 'died' })).toEqual(['bad_value:authorised_from', 'contradiction:outcome']);
  });

  it('is flagged where nobody gave it a priority and it still waits', () => {
    expect(judged({ priority: '' }).flags).toEqual(['not_recorded:priority']);
    expect(judged({ priority: '' }, granted).flags).toEqual([]);
  });
});
