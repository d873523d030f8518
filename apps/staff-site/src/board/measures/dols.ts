import { barChart, decimal, whole } from '#libs/pages';
import { known, type MeasureView, NO_DATA } from '../measure-view.js';
import { type AuthorityReport, inOrder, share } from '../report.js';
import { between, endInWords, monthChart, type Months, monthSoFar, rangeOf, within } from './months.js';

const percent = (value: number): string => `${decimal(value)}%`;
const days = (value: number): string => `${whole(value)} days`;
type Month = NonNullable<AuthorityReport['dols_waiting_at_month_end']>[string];
const QUEUE_RANGE = [
  { from: '2024-05', to: '2025-02', low: 1213, high: 1406 },
  { from: '2025-07', to: '2025-07', low: 1117, high: 1117 },
];

/** How many wait for a DoLS decision, and how long. */
export function dolsWaiting(report: AuthorityReport, comparable: boolean, asOf: string): MeasureView {
  const months = inOrder(report.dols_waiting_at_month_end);
  const marks = (list: typeof QUEUE_RANGE) => (comparable ? within(months, list) : []);
  const july = (value: number) => marks([{ from: '2025-07', to: '2025-07', low: value, high: value }]);
  const last = months.at(-1);
  return {
    key: 'dols_waiting_at_month_end',
    heading: 'People waiting for a DoLS decision',
    takeaway: takeaway(last, asOf),
    tile: {
      label: 'Waiting for DoLS',
      figure: known(last?.[1].waiting, whole),
      note: last ? `at ${endInWords(last[0], asOf)}${last[1].waiting ? `; half of them more than ${known(last[1].median_days, days)}; the longest ${known(last[1].max_days, days)}` : ''}` : 'no month yet',
    },
    charts: [
      monthChart({ id: 'dols-waiting', title: 'Requests waiting at the month’s end', unit: 'number', values: valuesOf(months, 'waiting'), published: marks(QUEUE_RANGE) }),
      monthChart({ id: 'dols-median', title: 'Median wait so far, days', unit: 'days', values: valuesOf(months, 'median_days'), published: july(308) }),
      monthChart({ id: 'dols-max', title: 'Longest wait so far, days', unit: 'days', values: valuesOf(months, 'max_days'), published: july(1492) }),
    ],
    table: waitingTable(months, asOf),
    published: published(report, months),
  };
}

/** What became of the requests decided in each financial year, and how many in time. */
export function dolsDecided({ dols_decided_by_year }: AuthorityReport): MeasureView {
  const years = inOrder(dols_decided_by_year);
  const [latest] = years.slice(-1);
  const chart = (id: string, title: string, field: 'granted' | 'within_21_days') =>
    barChart({
      id,
      title,
      description: years.map(([year, value]) => `${year}: ${known(share(value[field], value.decided), percent)}`).join('; '),
      unit: 'percent',
      atLeast: 100,
      bars: years.map(([year, value]) => ({ label: year, value: share(value[field], value.decided) })),
    });
  return {
    key: 'dols_decided_by_year',
    heading: 'DoLS requests decided',
    takeaway: decidedTakeaway(latest),
    charts: [chart('dols-21-days', 'Decided within 21 days', 'within_21_days'), chart('dols-granted', 'Granted', 'granted')],
    table: {
      caption: 'Requests decided in each financial year',
      columns: [
        { code: 'year', heading: 'Financial year' },
        { code: 'decided', heading: 'Decided' },
        { code: 'granted', heading: 'Granted' },
        { code: 'within_21_days', heading: 'Within 21 days' },
      ],
      rows: years.map(([year, value]) => ({ name: year, code: year, values: [value.decided, value.granted, value.within_21_days] })),
    },
    published: [],
  };
}

function decidedTakeaway(latest: [string, NonNullable<AuthorityReport['dols_decided_by_year']>[string]] | undefined): string {
  if (!latest) return 'No financial year with decisions had ended by then.';
  const [year, { decided, granted, within_21_days }] = latest;
  if (decided === 0) return `No request was decided in ${year}.`;
  return `${known(share(within_21_days, decided), percent)} of the ${known(decided, whole)} requests decided in ${year} were decided within 21 days; ${known(share(granted, decided), percent)} were granted.`;
}

function takeaway(last: [string, Month] | undefined, asOf: string): string {
  if (!last || last[1].waiting === null) return 'No data for the latest month.';
  const [month, { waiting, median_days, max_days }] = last;
  if (waiting === 0) return `Nobody was waiting at ${endInWords(month, asOf)}.`;
  return `${whole(waiting)} ${waiting === 1 ? 'request was' : 'requests were'} waiting at ${endInWords(month, asOf)}: half of them longer than ${known(median_days, days)}, and the longest ${known(max_days, days)}.`;
}

function published(report: AuthorityReport, months: Months<Month>): MeasureView['published'] {
  const july = report.dols_waiting_at_month_end?.['2025-07'];
  const range = rangeOf(between(months, '2024-05', '2025-02').map(([, { waiting }]) => waiting));
  return [
    { what: 'Waiting, May 2024 to February 2025', published: '1,213 to 1,406', ours: range ? `${whole(range.low)} to ${whole(range.high)}` : NO_DATA },
    { what: 'Waiting, July 2025', published: '1,117', ours: known(july?.waiting, whole) },
    { what: 'Median wait, July 2025', published: '308 days', ours: known(july?.median_days, days) },
    { what: 'Longest wait, July 2025', published: '1,492 days', ours: known(july?.max_days, days) },
    { what: 'New requests among those waiting', published: 'about 90%', ours: known(share(july?.new, july?.waiting), percent) },
  ];
}

function valuesOf(months: Months<Month>, field: keyof Month): Months<number | null> {
  return months.map(([month, value]) => [month, value[field]]);
}

function waitingTable(months: Months<Month>, asOf: string): MeasureView['table'] {
  return {
    caption: 'Requests received and not decided when the month ended',
    columns: [
      { code: 'month', heading: 'Month' },
      { code: 'waiting', heading: 'Waiting' },
      { code: 'median_days', heading: 'Median days' },
      { code: 'max_days', heading: 'Longest, days' },
      { code: 'new', heading: 'New' },
      { code: 'renewal', heading: 'Renewal' },
    ],
    rows: months.map(([month, value]) => ({
      name: monthSoFar(month, asOf),
      code: month,
      values: [value.waiting, value.median_days, value.max_days, value.new, value.renewal],
    })),
  };
}
