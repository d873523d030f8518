import { barChart, decimal, periodInWords, shortMonth, whole } from '#libs/pages';
import { known, type MeasureView } from '../measure-view.js';
import { type AuthorityReport, inOrder, share } from '../report.js';

const AIM_DAYS = 1;
const STANDARD_DAYS = 5;
const YEAR = '2024-03-01/2025-02-28';
const LATEST = '2025-03-01/2025-07-31';
const days = (value: number): string => `${decimal(value)} days`;
const percent = (value: number): string => `${decimal(value)}%`;

/** How long a concern waits for its first decision. */
export function triageTime({ triage_time }: AuthorityReport): MeasureView {
  const periods = inOrder(triage_time);
  const [mean, before] = [triage_time?.[LATEST]?.mean_days, triage_time?.[YEAR]?.mean_days];
  return {
    key: 'triage_time',
    heading: 'How long concerns wait for a decision',
    takeaway: takeaway(mean, before),
    tile: { label: 'Time to triage', figure: known(mean, days), note: `the aim is 24 hours; the year before: ${known(before, days)}` },
    charts: [meanChart(periods), shareChart(periods, 'within_24_hours'), shareChart(periods, 'within_5_days')],
    table: table(periods),
    published: [
      { what: 'Mean time, March 2024 to February 2025', published: '2.5 days', ours: known(before, exact) },
      { what: 'Mean time, March to July 2025', published: '4 days', ours: known(mean, exact) },
    ],
  };
}

const exact = (value: number): string => `${whole(value)} days`;

function takeaway(mean: number | null | undefined, before: number | null | undefined): string {
  if (mean === null || mean === undefined) return 'No decisions were made from March to July 2025, as far as this report goes.';
  const then = before === null || before === undefined ? '' : `; it was ${decimal(before)} the year before`;
  return `${days(mean)} on average from March to July 2025, against the council’s aim of 24 hours and the board’s standard of 5 days${then}.`;
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
