import { readFileSync } from 'node:fs';
import { boardPage, measures, quietSince } from './board-page.js';
import { tableForCsv } from './measure-view.js';
import { type AuthorityReport, report } from './report.js';

const expected: unknown = JSON.parse(readFileSync('examples/northamptonshire/expected.json', 'utf8'));
const { authorities } = report.parse(expected);
const west = authorities['E06000062'] ?? {};
const view = (key: string, from: AuthorityReport = west) => measures(from, 'E06000062').find((measure) => measure.key === key);

describe('the measures of the report', () => {
  it('are each on the board, under their own key', () =>
    expect(measures(west, 'all').map(({ key }) => key).toSorted()).toEqual(Object.keys(west).toSorted()));
  it('say what to take away from the time to triage', () =>
    expect(view('triage_time')?.takeaway).toBe('4.0 days on average from March to July 2025, against the council’s aim of 24 hours and the board’s standard of 5 days; it was 2.5 the year before.'));
  it('say what to take away from the unallocated enquiries', () =>
    expect(view('unallocated_enquiries_at_month_end')?.takeaway).toMatch(/^46 enquiries were allocated to nobody at the end of July 2025; a year before there were 21/));
  it('say what to take away from the DoLS queue', () =>
    expect(view('dols_waiting_at_month_end')?.takeaway).toBe('1,117 requests were waiting at the end of July 2025: half of them longer than 308 days, and the longest 1,492 days.'));
  it('say who was not asked', () =>
    expect(view('making_safeguarding_personal_by_year')?.takeaway).toMatch(/^18\.0% of people were not asked what they wanted in 2024-25 \(14\.0% the year before\)/));
  it('stand beside what was published', () => {
    const pairs = measures(west, 'E06000062').flatMap(({ published }) => published.map((row) => [row.published, row.ours]));
    expect(pairs).toEqual(
      expect.arrayContaining([
        ['2.5 days', '2.5 days'],
        ['18.73% to 25.76%', '18.73% to 25.76%'],
        ['6,585', '6,585'],
        ['23', '23'],
        ['18 to 54', '18 to 54'],
        ['1,213 to 1,406', '1,213 to 1,406'],
        ['308 days', '308 days'],
        ['98%', '98.0%'],
      ]),
    );
  });
});

describe('a report in which nothing is known', () => {
  it('says so for every measure', () => {
    for (const { takeaway, charts } of measures({}, 'all')) {
      expect(takeaway).toMatch(/^No /);
      expect(JSON.stringify(charts)).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
  it('shows a period without decisions as one', () => {
    const drawn = JSON.stringify(view('triage_time', { triage_time: { '2025-03-01/2025-07-31': null } }));
    expect(drawn).toContain('no data');
    expect(drawn).not.toContain('NaN');
  });
});

describe('a table as CSV', () => {
  it('has codes and plain numbers, the same as the report', () => {
    const table = view('conversion_by_month_received')?.table;
    const { header, rows } = tableForCsv(table ?? { caption: '', columns: [], rows: [] });
    expect(header).toEqual(['month', 'concerns', 's42_enquiries', 'rate_percent', 'awaiting_triage_at_month_end']);
    const july = west.conversion_by_month_received?.['2025-07'];
    expect(rows.at(-1)).toEqual(['2025-07', july?.concerns, july?.s42_enquiries, july?.rate_percent, july?.awaiting_triage_at_month_end]);
  });
});

describe('the day that the board opens at', () => {
  it('is today while concerns come in', () => {
    expect(quietSince(west, '2025-07-31')).toBeUndefined();
    expect(quietSince(west, '2025-08-31')).toBeUndefined();
    expect(quietSince({}, '2026-11-22')).toBeUndefined();
  });
  it('is the end of the last month with a concern once they have long stopped', () =>
    expect(quietSince(west, '2026-11-22')).toBe('2025-07-31'));
});

describe('the board page', () => {
  it('compares with what was published where that was about the same council', () => {
    const page = (authority: string) => boardPage(authorities[authority] ?? {}, { asOf: '2025-07-31', authority }, new Map());
    expect(page('E06000062').comparable).toBe(true);
    expect(page('E06000061').comparable).toBe(false);
    expect(page('E06000061').measures.some(({ hasMarks }) => hasMarks)).toBe(false);
  });
});
