import { z } from 'zod';
import { barChart, count, decimal, periodInWords, shortMonth, whole } from '#libs/pages';
import { known, type MeasureView } from '../measure-view.js';
import { type AuthorityReport, inOrder, share, triageTime as figures } from '../report.js';
import { untilDay, yearAndBefore } from './months.js';

const AIM_DAYS = 1;
const STANDARD_DAYS = 5;
const YEAR = '2024-03-01/2025-02-28';
const LATEST = '2025-03-01/2025-07-31';
const LATEST_IN_WORDS = periodInWords(LATEST);
/** In days; less than one of them in hours or minutes, as far as a mean of two decimals tells: nobody reads `0.0 days` as three quarters of an hour. */
export function days(value: number): string {
  if (value >= 1) return `${decimal(value)} days`;
  const minutes = Math.round(value * 1440);
  if (minutes < 15) return 'less than 15 minutes';
  return minutes < 60 ? `about ${count(minutes, 'minute')}` : count(Math.round(minutes / 60), 'hour');
}
/** Beside a figure in days, the unit is not said again. */
const beside = (value: number, figure: number): string => (value >= 1 && figure >= 1 ? decimal(value) : days(value));
const percent = (value: number): string => `${decimal(value)}%`;

/** What the metrics service tells of one period that the report does not have. */
export const triageTimeShape = z.object({ periods: z.array(z.object({ name: z.string(), figures })).length(1) });

/** First decisions of the twelve months that end with the board's day, and of the twelve before: the periods of the report were published, and move no more. */
export interface RecentTriage {
  period: string;
  figures: z.infer<typeof figures>;
  before: z.infer<typeof figures>;
}

/** What is asked for, for the recent twelve months and for those before; undefined where the board's day lies in the newest period of the report. */
export function recentTriageAsked({ asOf, authority }: { asOf: string; authority: string }): [recent: Record<string, string>, before: Record<string, string>] | undefined {
  const [from, to] = LATEST.split('/') as [string, string];
  if (asOf >= from && asOf <= to) return undefined;
  return yearAndBefore({ asOf, authority });
}

/** How long a concern waits for its first decision. */
export function triageTime({ triage_time }: AuthorityReport, asOf: string, recent?: RecentTriage): MeasureView {
  const periods: Periods = [...inOrder(triage_time), ...(recent ? [[recent.period, recent.figures.decisions ? recent.figures : null] satisfies Periods[number]] : [])];
  const [mean, before] = [triage_time?.[LATEST]?.mean_days, triage_time?.[YEAR]?.mean_days];
  return {
    key: 'triage_time',
    heading: 'How long concerns wait for a decision',
    ...(recent ? ofRecent(recent, asOf, mean) : ofPublished(asOf, mean, before)),
    charts: [meanChart(periods), shareChart(periods, 'within_24_hours'), shareChart(periods, 'within_5_days')],
    caution: 'The first decision of each concern counts, in the period in which it was made, however long the concern had waited; what nobody has decided yet counts in none. The periods up to July 2025 are those of the published report: what was decided later does not change them.',
    table: table(periods),
    published: [
      { what: 'Mean time, March 2024 to February 2025', published: '2.5 days', ours: known(before, exact) },
      { what: 'Mean time, March to July 2025', published: '4 days', ours: known(mean, exact) },
    ],
  };
}

const exact = (value: number): string => `${whole(value)} days`;

type Mean = number | null | undefined;

/** The newest period of the published report. */
function ofPublished(asOf: string, mean: Mean, before: Mean): Pick<MeasureView, 'takeaway' | 'tile'> {
  const later = asOf > LATEST.slice(-10) ? '; newer decisions cannot be shown just now' : '';
  const isKnown = mean !== null && mean !== undefined;
  const then = before === null || before === undefined ? '' : `; it was ${beside(before, mean ?? 0)} the year before`;
  return {
    takeaway: isKnown
      ? `${days(mean)} on average from ${LATEST_IN_WORDS}, against the council’s aim of 24 hours and the board’s standard of 5 days${then}${later}.`
      : `No decisions were made from ${LATEST_IN_WORDS}, as far as this report goes${later}.`,
    tile: { label: 'Time to triage', figure: known(mean, days), note: `on average, ${LATEST_IN_WORDS}; the aim is 24 hours; the year before: ${known(before, days)}${later}` },
  };
}

/** The twelve months that end with the day asked about. */
function ofRecent({ period, figures: now, before }: RecentTriage, asOf: string, published: Mean): Pick<MeasureView, 'takeaway' | 'tile'> {
  const span = untilDay(period, asOf);
  const label = 'Time to triage';
  if (now.mean_days === null) {
    const newest = asOf > LATEST.slice(-10) && published !== null && published !== undefined ? `${LATEST_IN_WORDS}: ${days(published)}` : undefined;
    return {
      takeaway: `No first decision was made from ${span}.${newest ? ` On average, ${newest}.` : ''}`,
      tile: { label, figure: known(null, days), note: `nothing was decided, ${span}${newest ? `; ${newest}` : ''}` },
    };
  }
  const then = before.mean_days === null ? 'nothing was decided in the twelve months before' : `it was ${beside(before.mean_days, now.mean_days)} in the twelve months before`;
  const made = count(now.decisions ?? 0, 'first decision');
  return {
    takeaway: `It took ${days(now.mean_days)} on average for the ${made} made from ${span}, against the council’s aim of 24 hours and the board’s standard of 5 days; ${then}.`,
    tile: { label, figure: days(now.mean_days), note: `on average, ${made}, ${span}; the aim is 24 hours; ${then}` },
  };
}

type Periods = [string, NonNullable<AuthorityReport['triage_time']>[string]][];

function meanChart(periods: Periods) {
  return barChart({
    id: 'triage-mean',
    title: 'Mean days from receipt to decision',
    description: periods.map(([period, value]) => `${periodInWords(period)}: ${known(value?.mean_days, exact)}`).join('; '),
    unit: 'days',
    bars: periods.map(([period, value]) => ({
      label: periodInWords(period, shortMonth),
      value: value?.mean_days ?? null,
      text: known(value?.mean_days, days),
    })),
    targets: [
      { value: AIM_DAYS, label: 'Aim: 24 hours' },
      { value: STANDARD_DAYS, label: 'Standard: 5 days' },
    ],
  });
}

function shareChart(periods: Periods, field: 'within_24_hours' | 'within_5_days') {
  const title = field === 'within_24_hours' ? 'Decided within 24 hours' : 'Decided within 5 days';
  const values = periods.map(([period, value]) => ({ period, value: share(value?.[field], value?.decisions) }));
  return barChart({
    id: `triage-${field.replaceAll('_', '-')}`,
    title,
    description: values.map(({ period, value }) => `${periodInWords(period)}: ${known(value, percent)}`).join('; '),
    unit: 'percent',
    atLeast: 100,
    bars: values.map(({ period, value }) => ({ label: periodInWords(period, shortMonth), value })),
  });
}

function table(periods: Periods): MeasureView['table'] {
  return {
    caption: 'First decisions made in each period',
    columns: [
      { code: 'period', heading: 'Period' },
      { code: 'decisions', heading: 'Decisions' },
      { code: 'mean_days', heading: 'Mean days', show: (value) => decimal(value, 2) },
      { code: 'median_days', heading: 'Median days', show: (value) => decimal(value, 2) },
      { code: 'within_24_hours', heading: 'Within 24 hours' },
      { code: 'within_5_days', heading: 'Within 5 days' },
    ],
    rows: periods.map(([period, value]) => ({
      name: periodInWords(period),
      code: period,
      values: value
        ? [value.decisions, value.mean_days, value.median_days, value.within_24_hours, value.within_5_days]
        : [null, null, null, null, null],
    })),
  };
}
