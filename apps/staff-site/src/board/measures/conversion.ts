import { barChart, count, decimal, whole, monthInWords } from '#libs/pages';
import { known, type MeasureView } from '../measure-view.js';
import { type AuthorityReport, inOrder } from '../report.js';
import { between, endInWords, monthChart, type Months, monthSoFar, rangeOf, within } from './months.js';
import { days } from './triage-time.js';

const percent = (value: number): string => `${decimal(value)}%`;
const exact = (value: number): string => `${decimal(value, 2)}%`;
type Month = NonNullable<AuthorityReport['conversion_by_month_received']>[string];

/** What is shown of the newest month beside the report. */
interface Newest {
  asOf: string;
  /** How many of its concerns nobody had decided by then; undefined where that cannot be had. */
  undecided?: number | undefined;
  /** How many days the concern had waited that had waited longest; undefined where that cannot be had. */
  oldestDays?: number | null | undefined;
}

/** The share of the concerns of each month that became section 42 enquiries. */
export function conversionByMonth(report: AuthorityReport, comparable: boolean, newest: Newest): MeasureView {
  const months = inOrder(report.conversion_by_month_received);
  const rates = months.map(([month, value]): [string, number | null] => [month, value.rate_percent]);
  const published = [{ from: '2025-04', to: '2025-07', low: 18.73, high: 25.76 }];
  const ours = rangeOf(between(rates, '2025-04', '2025-07').map(([, rate]) => rate));
  return {
    key: 'conversion_by_month_received',
    heading: 'How many concerns become section 42 enquiries',
    takeaway: takeaway(months, newest),
    tileBefore: waitingTile(months, newest),
    tile: tile(months, newest),
    caution: `The newest months are not final: some of their concerns still await a decision, and councils count conversion differently.${gapInWords(months)}`,
    charts: [
      monthChart({ id: 'conversion-rate', title: 'Concerns that became section 42 enquiries', unit: 'percent', values: rates, published: comparable ? within(months, published) : [] }),
      monthChart({ id: 'concerns-received', title: 'Concerns received in the month', unit: 'number', values: valuesOf(months, 'concerns') }),
      monthChart({ id: 'awaiting-triage', title: 'Awaiting triage at the month’s end', unit: 'number', values: valuesOf(months, 'awaiting_triage_at_month_end') }),
    ],
    table: monthTable(months, newest),
    published: [
      {
        what: 'Lowest and highest month, April to July 2025',
        published: '18.73% to 25.76%',
        ours: ours ? `${exact(ours.low)} to ${exact(ours.high)}` : 'no data',
      },
    ],
  };
}

/** The same for the calendar year that was published as a whole. */
export function conversion2023({ conversion_2023: year }: AuthorityReport, comparable: boolean): MeasureView {
  return {
    key: 'conversion_2023',
    heading: 'Concerns of 2023 that became enquiries',
    takeaway: year ? `${known(year.rate_percent, percent)} of ${known(year.concerns, whole)} concerns received in 2023 became section 42 enquiries.` : 'No data for 2023.',
    charts: [
      barChart({
        id: 'conversion-2023',
        title: 'Became section 42 enquiries, 2023',
        description: `Here: ${known(year?.rate_percent, exact)}${comparable ? '; published: 19%' : ''}`,
        unit: 'percent',
        atLeast: 30,
        bars: [
          { label: 'Here', value: year?.rate_percent ?? null },
          ...(comparable ? [{ label: 'CQC, published', value: 19, text: '19%', published: true }] : []),
        ],
      }),
    ],
    table: {
      caption: 'Concerns received in 2023',
      columns: [
        { code: 'year', heading: 'Year' },
        { code: 'concerns', heading: 'Concerns' },
        { code: 's42_enquiries', heading: 'Became section 42 enquiries' },
        { code: 'rate_percent', heading: 'Share', show: exact },
      ],
      rows: [{ name: '2023', code: '2023', values: [year?.concerns ?? null, year?.s42_enquiries ?? null, year?.rate_percent ?? null] }],
    },
    published: [
      { what: 'Concerns received in 2023', published: '6,585', ours: known(year?.concerns, whole) },
      { what: 'Share that became section 42 enquiries', published: '19%', ours: known(year?.rate_percent, exact) },
    ],
  };
}

function takeaway(months: Months<Month>, { asOf, undecided }: Newest): string {
  const last = months.at(-1);
  if (!last) return 'No month is known yet.';
  const [month, { rate_percent, concerns, awaiting_triage_at_month_end: waiting }] = last;
  const then = `At ${endInWords(month, asOf)}, ${waiting === 1 ? '1 concern was' : `${known(waiting, whole)} concerns were`} waiting for a decision, whenever received.`;
  if (rate_percent === null) return `No concern was received in ${monthSoFar(month, asOf)}. ${then}`;
  const open = undecided ? `; ${whole(undecided)} of them ${undecided === 1 ? 'was' : 'were'} ${openInWords(last[1], undecided)}` : '';
  return `${percent(rate_percent)} of the ${count(concerns ?? 0, 'concern')} received in ${monthSoFar(month, asOf)} became section 42 enquiries${open}${overTheYear(months)}. ${then}`;
}

/** A concern that became an enquiry and was opened again is both: then the two say more than there are. */
function openInWords({ concerns, s42_enquiries: enquiries }: Month, undecided: number): string {
  const both = (enquiries ?? 0) + undecided - (concerns ?? 0);
  return both > 0 ? `undecided, at least ${whole(both)} of which became ${both === 1 ? 'an enquiry and was' : 'enquiries and were'} opened again` : 'still undecided';
}

/** Where nothing at all came in for some months between others, as where what was brought from another system ends; which it is no measure tells. */
function gapInWords(months: Months<Month>): string {
  const isQuiet = ([, { concerns }]: Months<Month>[number]): boolean => concerns === 0;
  const end = months.findLastIndex((month, at) => isQuiet(month) && months.slice(at + 1).some((later) => !isQuiet(later)));
  const start = months.findLastIndex((month, at) => at < end && !isQuiet(month)) + 1;
  if (end < 0 || start === 0 || end - start < 1) return '';
  return ` No concern is recorded as received from ${monthInWords(months[start]![0])} to ${monthInWords(months[end]![0])}: what was brought from another system may end there.`;
}

/** Between which rates the last twelve months lie; of one month alone, or where all are the same, that says nothing. */
function overTheYear(months: Months<Month>): string {
  const rates = months.slice(-12).flatMap(([, { rate_percent }]) => rate_percent ?? []);
  const range = rangeOf(rates);
  if (!range || range.low === range.high) return '';
  const which = rates.length === 12 ? 'over the last twelve months' : `in the ${rates.length} of the last twelve months in which any were received`;
  return `; ${which} it lay between ${percent(range.low)} and ${percent(range.high)}`;
}

function tile(months: Months<Month>, { asOf, undecided }: Newest): NonNullable<MeasureView['tile']> {
  const last = months.at(-1);
  const open = last && undecided ? `; ${whole(undecided)} of them ${openInWords(last[1], undecided)}` : '';
  return {
    label: 'Became enquiries',
    figure: known(last?.[1].rate_percent, percent),
    note: last ? `of ${count(last[1].concerns ?? 0, 'concern')} received in ${monthSoFar(last[0], asOf)}${open}` : 'no month yet',
  };
}

/** How many wait, beside how long those waited that were decided: a mean of decisions says nothing of what nobody has decided. */
function waitingTile(months: Months<Month>, { asOf, oldestDays }: Newest): MeasureView['tileBefore'] {
  const last = months.at(-1);
  const waiting = last?.[1].awaiting_triage_at_month_end;
  if (!last || waiting === null || waiting === undefined) return undefined;
  const oldest = oldestDays === null || oldestDays === undefined ? '' : `; the oldest has waited ${days(oldestDays)}`;
  return { label: 'Awaiting triage', figure: count(waiting, 'concern'), note: `at ${endInWords(last[0], asOf)}, whenever received${oldest}` };
}

function valuesOf(months: Months<Month>, field: keyof Month): Months<number | null> {
  return months.map(([month, value]) => [month, value[field]]);
}

function monthTable(months: Months<Month>, { asOf }: Newest): MeasureView['table'] {
  return {
    caption: 'Concerns by the month in which they were received',
    columns: [
      { code: 'month', heading: 'Month' },
      { code: 'concerns', heading: 'Concerns' },
      { code: 's42_enquiries', heading: 'Became section 42 enquiries' },
      { code: 'rate_percent', heading: 'Share', show: exact },
      { code: 'awaiting_triage_at_month_end', heading: 'Awaiting triage at month’s end' },
    ],
    rows: months.map(([month, value]) => ({
      name: monthSoFar(month, asOf),
      code: month,
      values: [value.concerns, value.s42_enquiries, value.rate_percent, value.awaiting_triage_at_month_end],
    })),
  };
}
