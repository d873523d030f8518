import { whole } from '#libs/pages';
import { known, type MeasureView, NO_DATA } from '../measure-view.js';
import { type AuthorityReport, inOrder } from '../report.js';
import { between, endInWords, monthChart, type Months, monthSoFar, rangeOf, within } from './months.js';

const PUBLISHED = [
  { from: '2024-05', to: '2024-05', low: 23, high: 23 },
  { from: '2025-01', to: '2025-01', low: 5, high: 5 },
  { from: '2025-03', to: '2025-07', low: 18, high: 54 },
];

/** Enquiries that nobody has been given yet. */
export function unallocated(report: AuthorityReport, comparable: boolean, asOf: string): MeasureView {
  const months = inOrder(report.unallocated_enquiries_at_month_end);
  const at = (month: string): string => known(report.unallocated_enquiries_at_month_end?.[month], whole);
  const range = rangeOf(between(months, '2025-03', '2025-07').map(([, value]) => value));
  const last = months.at(-1);
  return {
    key: 'unallocated_enquiries_at_month_end',
    heading: 'Enquiries waiting for somebody to take them',
    takeaway: takeaway(months, asOf),
    caution: 'Section 42 enquiries that nobody has been given yet. The queue of unallocated enquiries can be longer: it also holds other enquiries, and those whose worker has left or may not open them any more.',
    tile: {
      label: 'Unallocated enquiries',
      figure: known(last?.[1], whole),
      note: last ? `at ${endInWords(last[0], asOf)}; a year before: ${known(months.at(-13)?.[1], whole)}` : 'no month yet',
    },
    charts: [
      monthChart({
        id: 'unallocated',
        title: 'Unallocated enquiries at the month’s end',
        unit: 'number',
        values: months,
        published: comparable ? within(months, PUBLISHED) : [],
      }),
    ],
    table: {
      caption: 'Enquiries opened and not allocated when the month ended',
      columns: [
        { code: 'month', heading: 'Month' },
        { code: 'unallocated', heading: 'Unallocated' },
      ],
      rows: months.map(([month, value]) => ({ name: monthSoFar(month, asOf), code: month, values: [value] })),
    },
    published: [
      { what: 'Unallocated, May 2024', published: '23', ours: at('2024-05') },
      { what: 'Unallocated, January 2025', published: '5', ours: at('2025-01') },
      { what: 'Lowest and highest, March to July 2025', published: '18 to 54', ours: range ? `${range.low} to ${range.high}` : NO_DATA },
    ],
  };
}

function takeaway(months: Months<number | null>, asOf: string): string {
  const last = months.at(-1);
  if (!last || last[1] === null) return 'No data for the latest month.';
  const [month, now] = last;
  const before = months.at(-13)?.[1];
  const then = before === null || before === undefined ? '' : `; a year before there were ${whole(before)}`;
  const least = rangeOf(months.slice(-13).map(([, value]) => value))?.low;
  const low = least === undefined || least === now ? '' : `, and ${whole(least)} at the lowest month’s end since`;
  return `${whole(now)} ${now === 1 ? 'enquiry was' : 'enquiries were'} allocated to nobody at ${endInWords(month, asOf)}${then}${low}.`;
}
