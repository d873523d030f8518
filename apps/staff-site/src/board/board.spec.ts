import { readFileSync } from 'node:fs';
import { type Besides, boardPage, measures, quietSince } from './board-page.js';
import { tableForCsv, tableInWords } from './measure-view.js';
import { consistency } from './measures/consistency.js';
import { twelveMonths, yearAndBefore } from './measures/months.js';
import { named } from './measures/named.js';
import { notSafeguarding } from './measures/not-safeguarding.js';
import { oldest } from './measures/oldest.js';
import { reviews, threeYears } from './measures/reviews.js';
import { telling } from './measures/telling.js';
import { recentTriageAsked } from './measures/triage-time.js';
import { conversionByReferrer, repeatConcerns, type Repeats } from './measures/who-raises.js';
import { wishes } from './measures/wishes.js';
import { type AuthorityReport, report } from './report.js';

const expected: unknown = JSON.parse(readFileSync('examples/northamptonshire/expected.json', 'utf8'));
const { authorities } = report.parse(expected);
const west = authorities['E06000062'] ?? {};
const chosen = { asOf: '2025-07-31', authority: 'E06000062' };
const view = (key: string, from: AuthorityReport = west) => measures(from, chosen).find((measure) => measure.key === key);

describe('the measures of the report', () => {
  it('are each on the board, under their own key, but for those of 2024 alone: the board has the same of the twelve months to its day', () => {
    const { authorities: asTold } = expected as { authorities: Record<string, object> };
    expect([...measures(west, { ...chosen, authority: 'all' }).map(({ key }) => key), 'repeat_concerns_2024', 'conversion_2024_by_referrer_type'].toSorted()).toEqual(Object.keys(asTold['E06000062']!).toSorted());
  });
  it('say what to take away from the time to triage', () =>
    expect(view('triage_time')?.takeaway).toBe('4.0 days on average from March to July 2025, against the council’s aim of 24 hours and the board’s standard of 5 days; it was 2.5 the year before.'));
  it('say what to take away from the unallocated enquiries', () =>
    expect(view('unallocated_enquiries_at_month_end')?.takeaway).toMatch(/^46 enquiries were allocated to nobody at the end of July 2025; a year before there were 21/));
  it('say what to take away from the DoLS queue', () =>
    expect(view('dols_waiting_at_month_end')?.takeaway).toBe('1,117 requests were waiting at the end of July 2025: half of them longer than 308 days, and the longest 1,492 days.'));
  it('say who was not asked', () =>
    expect(view('making_safeguarding_personal_by_year')?.takeaway).toMatch(/^18\.0% of people were not asked what they wanted in 2024-25 \(14\.0% the year before\)/));
  it('stand beside what was published', () => {
    const pairs = measures(west, chosen).flatMap(({ published }) => published.map((row) => [row.published, row.ours]));
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

describe('a report as of a day long after what was published', () => {
  const later = { asOf: '2026-11-23', authority: 'E06000062' };
  const month = { concerns: 11, s42_enquiries: 1, rate_percent: 9.09, awaiting_triage_at_month_end: 51 };
  const quiet = { concerns: 0, s42_enquiries: 0, rate_percent: null, awaiting_triage_at_month_end: 45 };
  const waiting = { waiting: 2, median_days: 500, max_days: 520, new: 2, renewal: 0 };
  const then: AuthorityReport = {
    ...west,
    conversion_by_month_received: { '2026-10': quiet, '2026-11': month },
    unallocated_enquiries_at_month_end: { '2026-10': 50, '2026-11': 51 },
    dols_waiting_at_month_end: { '2026-11': waiting },
    making_safeguarding_personal_by_year: { '2025-26': { concluded: 0, not_asked: 0, expressed: 0, fully_or_partially_achieved: 0, lacking_capacity: 0, lacking_capacity_supported: 0 } },
    dols_decided_by_year: { '2025-26': { decided: 0, granted: 0, within_21_days: 0 } },
  };
  const figures = (decisions: number, mean: number | null) => ({ decisions, mean_days: mean, median_days: mean, within_24_hours: 0, within_5_days: 0 });
  const recent = (now: ReturnType<typeof figures>, before = figures(0, null)) => ({ recentTriage: { period: '2025-12-01/2026-11-23', figures: now, before } });
  const of = (key: string, besides: Besides = {}) => measures(then, later, besides).find((measure) => measure.key === key)!;

  it('asks how long first decisions took in the twelve months that end with the day, and in those before', () => {
    const asked = { authority: 'E06000062', as_of: '2026-11-23', every: 'period' };
    expect(recentTriageAsked(later)).toEqual([{ ...asked, from: '2025-12-01', to: '2026-11-23' }, { ...asked, from: '2024-12-01', to: '2025-11-30' }]);
    expect(recentTriageAsked(chosen)).toBeUndefined();
  });
  it('shows those, and says of which time they are', () => {
    const { tile, takeaway, table } = of('triage_time', recent(figures(6, 512.25), figures(40, 4.04)));
    expect([tile?.figure, tile?.note]).toEqual(['512.3 days', 'on average, 6 first decisions, December 2025 to 23 November 2026; the aim is 24 hours; it was 4.0 in the twelve months before']);
    expect(takeaway).toMatch(/^It took 512\.3 days on average for the 6 first decisions made from December 2025 to 23 November 2026, against/);
    expect(tableForCsv(table).rows.at(-1)).toEqual(['2025-12-01/2026-11-23', 6, 512.25, 512.25, 0, 0]);
  });
  it('says that nothing was decided, and of which time the last figure is', () => {
    const { tile, takeaway } = of('triage_time', recent(figures(0, null)));
    expect([tile?.figure, tile?.note]).toEqual(['no data', 'nothing was decided, December 2025 to 23 November 2026; March to July 2025: 4.0 days']);
    expect(takeaway).toBe('No first decision was made from December 2025 to 23 November 2026. On average, March to July 2025: 4.0 days.');
  });
  it('says that it is old where the newer cannot be had', () =>
    expect(of('triage_time').tile?.note).toBe('on average, March to July 2025; the aim is 24 hours; the year before: 2.5 days; newer decisions cannot be shown just now'));
  it('says less than a day in hours or minutes', () => {
    const figure = (mean: number) => of('triage_time', recent(figures(6, mean))).tile?.figure;
    expect([figure(0), figure(0.03), figure(0.13), figure(0.99), figure(1)]).toEqual(['less than 15 minutes', 'about 43 minutes', '3 hours', '24 hours', '1.0 days']);
  });
  it('says beside it how many wait, and for how long the oldest has', () => {
    const waits = (oldest_days: number | null) => of('conversion_by_month_received', { oldest: { periods: [{ name: '2026-11', figures: { waiting: 51, oldest_days } }] } }).tileBefore;
    expect(waits(511.46)).toEqual({ label: 'Awaiting triage', figure: '51 concerns', note: 'at the end of 23 November 2026, whenever received; the oldest has waited 511.5 days' });
    expect([waits(null)?.note, of('conversion_by_month_received').tileBefore?.note]).toEqual(Array(2).fill('at the end of 23 November 2026, whenever received'));
    expect(boardPage(then, later, new Map()).tiles.map(({ label }) => label).slice(0, 3)).toEqual(['Time to triage', 'Awaiting triage', 'Became enquiries']);
  });
  it('says how many of the newest month are undecided, and claims no range of one month', () => {
    const { tile, takeaway, table } = of('conversion_by_month_received', { undecided: 6 });
    expect([tile?.figure, tile?.note]).toEqual(['9.1%', 'of 11 concerns received in November 2026 so far; 6 of them still undecided']);
    expect(takeaway).toBe('9.1% of the 11 concerns received in November 2026 so far became section 42 enquiries; 6 of them were still undecided. At the end of 23 November 2026, 51 concerns were waiting for a decision, whenever received.');
    expect(tableInWords(table).rows.at(-1)?.[0]).toBe('November 2026 so far');
  });
  it('says of concerns that became enquiries and were opened again that they are both, so that it adds up', () => {
    const { tile } = measures({ conversion_by_month_received: { '2026-11': { ...month, concerns: 4, s42_enquiries: 2, rate_percent: 50 } } }, later, { undecided: 3 })[1]!;
    expect(tile?.note).toBe('of 4 concerns received in November 2026 so far; 3 of them undecided, at least 1 of which became an enquiry and was opened again');
  });
  it('says from when to when nothing is recorded as received', () => {
    const cautionOf = (...names: string[]) => measures({ conversion_by_month_received: Object.fromEntries(['2025-06', '2025-07', '2025-08', '2025-09', '2026-11'].map((name) => [name, names.includes(name) ? quiet : month])) }, later)[1]!.caution;
    expect(cautionOf('2025-08', '2025-09')).toContain('No concern is recorded as received from August 2025 to September 2025: what was brought from another system may end there.');
    for (const caution of [cautionOf('2025-08'), cautionOf('2025-06', '2025-07'), cautionOf('2025-09', '2026-11')]) expect(caution).not.toContain('No concern is recorded');
  });
  it('says over how many months the rate lay between two', () => {
    const months = { '2026-09': { ...month, rate_percent: 20 }, '2026-10': quiet, '2026-11': month };
    const { takeaway } = measures({ conversion_by_month_received: months }, later)[1]!;
    expect(takeaway).toContain('; in the 2 of the last twelve months in which any were received it lay between 9.1% and 20.0%.');
  });
  it('says of no month that has not ended that it has, and of no year without any that it has a share', () => {
    expect([of('unallocated_enquiries_at_month_end').tile?.note, of('dols_waiting_at_month_end').tile?.note]).toEqual([
      'at the end of 23 November 2026; a year before: no data', 'at the end of 23 November 2026; half of them more than 500 days; the longest 520 days',
    ]);
    expect(of('unallocated_enquiries_at_month_end').caution).toContain('it also holds other enquiries');
    expect([of('making_safeguarding_personal_by_year').takeaway, of('dols_decided_by_year').takeaway]).toEqual(['No enquiry was concluded in 2025-26.', 'No request was decided in 2025-26.']);
  });
});

describe('a report in which nothing is known', () => {
  it('says so for every measure', () => {
    for (const { takeaway, charts } of measures({}, { ...chosen, authority: 'all' })) {
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

describe('how long the oldest concern has waited', () => {
  const month = (name: string, waiting: number, oldest_days: number | null) => ({ name, figures: { waiting, oldest_days } });
  it('is said as of the day, beside a year before', () => {
    const { takeaway, table } = oldest({ periods: [month('2025-12', 0, null), month('2026-10', 30, 190.5), month('2026-11', 51, 213.46)] }, '2026-11-23');
    expect(takeaway).toBe('Of the 51 concerns that were waiting, the oldest had waited 213.5 days at the end of 23 November 2026; at the end of December 2025 nothing waited.');
    expect(tableForCsv(table).rows.at(-1)).toEqual(['2026-11', 51, 213.46]);
    expect(tableInWords(table).rows[0]).toEqual(['December 2025', '0', 'nothing waited']);
  });
  it('is said where nothing waits', () => {
    const { takeaway, charts } = oldest({ periods: [month('2026-11', 0, null)] }, '2026-11-23');
    expect(takeaway).toBe('No concern was waiting for a decision at the end of 23 November 2026.');
    expect(JSON.stringify(charts)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('concerns that come again, and who raises them', () => {
  const repeats = (name: string, concerns: number, again: number): Repeats[0] => ({ periods: [{ name, figures: { concerns, repeats_within_365_days: again } }] });
  it('are those of the twelve months to the day', () => {
    expect(yearAndBefore({ asOf: '2026-11-23', authority: 'all' }).map(({ from, to }) => [from, to])).toEqual([['2025-12-01', '2026-11-23'], ['2024-12-01', '2025-11-30']]);
    const { takeaway, tile, table } = repeatConcerns([repeats('2025-12-01/2026-11-23', 40, 10), repeats('2024-12-01/2025-11-30', 50, 10)], '2026-11-23');
    expect(takeaway).toBe('25.0% of the 40 concerns received from December 2025 to 23 November 2026 were about somebody of whom a concern had been raised in the 365 days before; the twelve months before: 20.0%.');
    expect(tile?.figure).toBe('25.0%');
    expect(tableForCsv(table).rows).toEqual([['2024-12-01/2025-11-30', 50, 10], ['2025-12-01/2026-11-23', 40, 10]]);
  });
  it('say by whom, the most first, and whose became enquiries', () => {
    const split = { self: { concerns: 10, s42_enquiries: 5, rate_percent: 50 }, police: { concerns: 30, s42_enquiries: 3, rate_percent: 10 }, ambulance: { concerns: 0, s42_enquiries: 0, rate_percent: null } };
    const { takeaway, table } = conversionByReferrer({ periods: [{ name: '2025-12-01/2026-11-23', split }] }, '2026-11-23');
    expect(takeaway).toMatch(/ raised the most concerns from December 2025 to 23 November 2026 \(30\)\. Most often they became enquiries when raised by .* \(50\.0%\), least often by .* \(10\.0%\)\.$/);
    expect(tableForCsv(table).rows).toEqual([['police', 30, 3, 10], ['self', 10, 5, 50]]);
  });
  it('say so where none was received', () => {
    const none = [repeatConcerns([repeats('2025-12-01/2026-11-23', 0, 0), repeats('2024-12-01/2025-11-30', 0, 0)], '2026-11-23'), conversionByReferrer({ periods: [{ name: '2025-12-01/2026-11-23', split: {} }] }, '2026-11-23')];
    for (const { takeaway, charts } of none) {
      expect(takeaway).toMatch(/^No concern was received from December 2025 to 23 November 2026/);
      expect(JSON.stringify(charts)).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

describe('what was recorded of what people want', () => {
  const month = (name: string, ...[expressed, declined, could_not_ask, not_asked, not_recorded]: [number, number, number, number, number]) =>
    ({ name, figures: { decided: expressed + declined + could_not_ask + not_asked + not_recorded, expressed, declined, could_not_ask, not_asked, not_recorded } });
  it('tells those who could not be asked from those whom nobody asked', () => {
    const { takeaway, tile, table } = wishes({ periods: [month('2026-05', 4, 1, 2, 1, 0), month('2026-06', 5, 2, 1, 3, 1)] });
    expect(takeaway).toBe('Of the 20 concerns decided here in these twelve months, the person was asked what they want in 12 (60.0%) and said it in 9. In 3 nobody could ask, and in 4 nobody did.');
    expect([tile?.figure, tile?.note]).toEqual(['60.0%', 'of 20 concerns decided here, May to June 2026; nobody could ask in 3, nobody did in 4']);
    expect(tableForCsv(table).rows.at(-1)).toEqual(['2026-06', 12, 5, 2, 1, 3, 1]);
  });
  it('says so where nothing was decided', () => {
    const { takeaway, tile, charts } = wishes({ periods: [month('2026-06', 0, 0, 0, 0, 0)] });
    expect([takeaway, tile?.figure]).toEqual(['No concern was decided here in these twelve months.', 'no data']);
    expect(JSON.stringify(charts)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('why concerns came to no enquiry', () => {
  const month = (name: string, figures: Record<string, number>) => ({ name, figures: { concerns: 0, no_enquiry: 0, care_needs_only: 0, quality_of_care: 0, no_care_and_support_needs: 0, no_abuse_or_neglect_identified: 0, already_known: 0, other_authority: 0, none_given: 0, ...figures } });
  it('is said by the reasons that are given most', () => {
    const { takeaway, table } = notSafeguarding({ periods: [month('2026-05', { concerns: 10, no_enquiry: 6, care_needs_only: 1, already_known: 4, none_given: 1 }), month('2026-06', { concerns: 10, no_enquiry: 4, care_needs_only: 1, none_given: 3 })] }, '2026-06-12');
    expect(takeaway).toBe('10 of the 20 concerns received, May to June 2026, were decided without an enquiry (50.0%). Most often the reason was “Already known and being dealt with” (4) and “Care needs only” (2).');
    expect(tableForCsv(table)).toEqual({
      header: ['month', 'concerns', 'no_enquiry', 'care_needs_only', 'quality_of_care', 'no_care_and_support_needs', 'no_abuse_or_neglect_identified', 'already_known', 'other_authority', 'none_given'],
      rows: [['2026-05', 10, 6, 1, 0, 0, 0, 4, 0, 1], ['2026-06', 10, 4, 1, 0, 0, 0, 0, 0, 3]],
    });
  });
  it('says so where no decision was one', () => {
    const { takeaway, charts } = notSafeguarding({ periods: [month('2026-06', {})] }, '2026-06-12');
    expect(takeaway).toBe('No concern received in these twelve months was decided without an enquiry.');
    expect(JSON.stringify(charts)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('what goes to the board for a Safeguarding Adult Review', () => {
  const year = (name: string, to: string, decisions: number, referred: number, not_said: number) => ({ name, to, figures: { decisions, referred, not_said } });
  it('is asked of the financial year of the day and the two before', () =>
    expect(['2026-03-31', '2026-04-01'].map((asOf) => threeYears({ asOf, authority: 'all' })['from'])).toEqual(['2023-04-01', '2024-04-01']));
  it('is said of the newest year, and of how many it is not said', () => {
    const { takeaway, table, charts } = reviews({ periods: [year('2025-26', '2026-03-31', 90, 0, 90), year('2026-27', '2026-11-23', 40, 1, 2)] });
    expect(takeaway).toBe('By the 38 decisions made here in 2026-27 so far that say so or not, 1 concern was referred to the Safeguarding Adults Board for a Safeguarding Adult Review; 2 more do not say.');
    expect(JSON.stringify(charts)).toContain('2025-26: not said; 2026-27 so far: 1 of 38');
    expect(reviews({ periods: [year('2025-26', '2026-03-31', 90, 0, 90)] }).takeaway).toContain('None of the 90 decisions made here in 2025-26 says whether');
    expect(tableForCsv(table).rows).toEqual([['2025-26', 90, 0, 90], ['2026-27', 40, 1, 2]]);
    expect(reviews({ periods: [year('2026-27', '2026-11-23', 0, 0, 0)] }).takeaway).toBe('No concern was decided here in 2026-27 so far.');
  });
});

describe('whether two people decide alike', () => {
  const of = (pairs: number, agreed: number, kappa: number | null) => ({ pairs, agreed, kappa, low: kappa && kappa - 0.1, high: kappa && kappa + 0.1 });
  const told = (outcome: ReturnType<typeof of>) => consistency({ definition: 'In words.', from: '2025-08-01', to: '2026-07-31', owed: 3, agreement: { needs: of(40, 38, 0.8), risk: of(40, 36, 0.7), unable: of(40, 40, null), outcome } });

  it('is said with its interval, and drawn', () => {
    const { takeaway, tile, charts, table } = told(of(40, 30, 0.6));
    expect(takeaway).toBe('Of 40 decisions that somebody else made again without knowing the first, 30 came to the same outcome: a kappa of 0.60, between 0.50 and 0.70 with 95% confidence.');
    expect([tile?.figure, tile?.note]).toEqual(['0.60', 'Cohen’s kappa over 40 second looks from 1 August 2025 to 31 July 2026; 3 are owed']);
    expect(table.rows.map(({ code, values }) => [code, values[0], values[2]])).toEqual([['needs', 40, 0.8], ['risk', 40, 0.7], ['unable', 40, null], ['outcome', 40, 0.6]]);
    expect(JSON.stringify(charts)).toContain('Came to the same answer');
  });
  it('is defined where it is worked out', () => {
    const { measures: shown } = boardPage(west, chosen, new Map(), { views: [told(of(40, 30, 0.6))] });
    expect(shown.find(({ key }) => key === 'consistency_of_decisions')?.definitions).toEqual(['In words.']);
  });
  it('is not said where every answer is the same, and why stands in its place', () => {
    const { takeaway, tile, table } = told(of(11, 11, null));
    expect(takeaway).toMatch(/11 came to the same outcome\. Every answer was the same, so agreement cannot be told from chance\.$/);
    expect(tile?.note).toContain('(every answer the same)');
    expect(tableInWords(table).rows.map(([, , , kappa]) => kappa)).toEqual(['0.80', '0.70', 'every answer the same', 'every answer the same']);
    expect(tableForCsv(table).rows.map((row) => row[3])).toEqual([0.8, 0.7, null, null]);
  });
  it('is not said of too few, nor of none', () => {
    expect(told(of(4, 3, null)).takeaway).toMatch(/3 came to the same outcome: these are fewer than 10, too few/);
    expect(told(of(4, 3, null)).tile?.note).toContain('(fewer than 10)');
    const { takeaway, charts, tile } = told(of(0, 0, null));
    expect([takeaway, tile?.figure]).toEqual(['No second look was given in these twelve months.', 'no data']);
    expect(JSON.stringify(charts)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('whether those who raised concerns were told', () => {
  const month = (name: string, decisions: number, told: number, not_told: number, median_days: number | null) => ({ name, figures: { decisions, told, not_told, owed: decisions - told - not_told, median_days } });

  it('is asked of the twelve months that end with the day', () =>
    expect(twelveMonths({ asOf: '2026-02-11', authority: 'all' })).toEqual({ authority: 'all', as_of: '2026-02-11', every: 'month', from: '2025-03-01', to: '2026-02-11' }));
  it('is said with how soon and how many are owed an answer', () => {
    const { takeaway, tile, table } = telling({ periods: [month('2026-05', 10, 9, 1, 2.5), month('2026-06', 8, 4, 0, 3.25)] });
    expect(takeaway).toBe('After 13 of 18 decisions made here whoever raised the concern was told. Of the 4 told of a decision made in June 2026, half heard within 3.3 days. After 4 they are still owed an answer.');
    expect([tile?.figure, tile?.note]).toEqual(['72.2%', 'of 18 decisions made here, May to June 2026; 4 are owed an answer']);
    expect(table.rows.at(-1)).toEqual({ name: 'June 2026', code: '2026-06', values: [8, 4, 0, 4, 3.25] });
  });
  it('says how many that were, and nothing of nought days', () => {
    expect(telling({ periods: [month('2026-06', 3, 1, 0, 0.01)] }).takeaway).toBe('After 1 of 3 decisions made here whoever raised the concern was told. The one told of a decision made in June 2026 heard in less than a day. After 2 they are still owed an answer.');
    expect(telling({ periods: [month('2026-06', 3, 2, 0, 0.04)] }).takeaway).toContain('Of the 2 told of a decision made in June 2026, half heard in less than a day.');
  });
  it('says so where nothing was decided', () => {
    const { takeaway, charts, tile } = telling({ periods: [month('2026-06', 0, 0, 0, null)] });
    expect([takeaway, tile?.figure]).toEqual(['No decision was made here in these twelve months.', 'no data']);
    expect(JSON.stringify(charts)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('whether every decision has a named person', () => {
  const month = (name: string, decisions: number, without_named_person: number | null) => ({ name, figures: { decisions, without_named_person } });
  const told = (...periods: ReturnType<typeof month>[]) => named({ periods });

  it('is said of the twelve months together, and of each', () => {
    const { takeaway, tile, table } = told(month('2026-05', 10, 0), month('2026-06', 8, 0));
    expect(takeaway).toBe('Each of the 18 decisions made here in these twelve months has a named person.');
    expect([tile?.figure, tile?.note]).toEqual(['0', 'of 18 decisions made here, May to June 2026; it should read 0']);
    expect(tableForCsv(table)).toEqual({ header: ['month', 'decisions', 'without_named_person'], rows: [['2026-05', 10, 0], ['2026-06', 8, 0]] });
  });
  it('asks somebody to look where one has none', () =>
    expect(told(month('2026-05', 10, 1), month('2026-06', 8, 0)).takeaway).toBe('1 of the 18 decisions made here in these twelve months has no named person: somebody has to find out why.'));
  it('says so where it is not known, or nothing was decided', () => {
    const [unknown, none] = [told(month('2026-05', 10, null), month('2026-06', 8, 0)), told(month('2026-06', 0, 0))];
    expect([unknown.takeaway, unknown.tile?.figure]).toEqual(['Of some of these decisions it is not known yet whether a person is named who made them: the facts have to be rebuilt.', 'no data']);
    expect(none.takeaway).toBe('No decision was made here in these twelve months.');
    expect(JSON.stringify([unknown.charts, none.charts])).not.toMatch(/NaN|Infinity|undefined/);
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
