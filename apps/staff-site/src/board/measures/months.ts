import { Temporal } from 'temporal-polyfill';
import { dayInWords, lineChart, type LineChart, monthInWords, periodInWords } from '#libs/pages';

export type Months<Value> = [string, Value][];

/** A line over the months of a report, its years named along the foot. */
export function monthChart(chart: Omit<LineChart, 'points' | 'description'> & { values: Months<number | null> }) {
  const { values, ...rest } = chart;
  return lineChart({
    ...rest,
    description: describe(values),
    points: values.map(([month, value]) => ({
      label: month,
      value,
      ...(month.endsWith('-01') && { tick: month.slice(0, 4) }),
    })),
  });
}

/** What is asked for where the report has none of it: each of the twelve months that end with the day's. */
export function twelveMonths({ asOf, authority }: { asOf: string; authority: string }): Record<string, string> {
  return { authority, as_of: asOf, every: 'month', from: firstDay(asOf, 11), to: asOf };
}

/** What is asked for where one figure of a year is shown: the twelve months that end with the day, and those before. */
export function yearAndBefore({ asOf, authority }: { asOf: string; authority: string }): [recent: Record<string, string>, before: Record<string, string>] {
  const asked = { authority, as_of: asOf, every: 'period' };
  const start = firstDay(asOf, 11);
  const end = Temporal.PlainDate.from(start).subtract({ days: 1 }).toString();
  return [{ ...asked, from: start, to: asOf }, { ...asked, from: firstDay(start, 12), to: end }];
}

/** From the first month of a period to a day: `December 2025 to 23 November 2026`; without a day to its last month. */
export function untilDay(period: string, day: string | undefined): string {
  return day === undefined ? periodInWords(period) : `${monthInWords(period.slice(0, 7))} to ${dayInWords(day)}`;
}

/** The first day of a day's month, or of the month that was so many before it. */
export function firstDay(day: string, monthsBefore = 0): string {
  return Temporal.PlainYearMonth.from(day.slice(0, 7)).subtract({ months: monthsBefore }).toPlainDate({ day: 1 }).toString();
}

/** Whether a month had not ended yet when a day ended. */
function isUnfinished(month: string, asOf: string): boolean {
  return asOf.startsWith(month) && Temporal.PlainDate.from(asOf).day < Temporal.PlainYearMonth.from(month).daysInMonth;
}

/** A month, and that it had not ended yet where that is so: `July 2025`, `November 2026 so far`. */
export function monthSoFar(month: string, asOf: string): string {
  return `${monthInWords(month)}${isUnfinished(month, asOf) ? ' so far' : ''}`;
}

/** When a month ended, as far as that is known: `the end of July 2025`, `the end of 23 November 2026`. */
export function endInWords(month: string, asOf: string): string {
  return `the end of ${isUnfinished(month, asOf) ? dayInWords(asOf) : monthInWords(month)}`;
}

/** From the first to the last of some months: `July 2025 to June 2026`. */
export function spanInWords(months: readonly { name: string }[]): string {
  const [first, last] = [months[0]?.name, months.at(-1)?.name];
  if (!first || !last) return 'no month';
  return first === last ? monthInWords(first) : periodInWords(`${first}/${last}`);
}

/** The months from one to another, both included. */
export function between<Value>(months: Months<Value>, from: string, to: string): Months<Value> {
  return months.filter(([month]) => month >= from && month <= to);
}

/** The least and the greatest known value of some months. */
export function rangeOf(values: (number | null | undefined)[]): { low: number; high: number } | undefined {
  const known = values.filter((value) => typeof value === 'number');
  return known.length > 0 ? { low: Math.min(...known), high: Math.max(...known) } : undefined;
}

/** Published marks that lie within the months drawn: a report as of an earlier day has no place for later ones. */
export function within<Value>(months: Months<Value>, marks: NonNullable<LineChart['published']>): NonNullable<LineChart['published']> {
  const drawn = new Set(months.map(([month]) => month));
  return marks.filter(({ from, to }) => drawn.has(from) && drawn.has(to));
}

function describe(values: Months<number | null>): string {
  const known = values.filter((entry): entry is [string, number] => entry[1] !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return 'No data.';
  const low = known.reduce((a, b) => (b[1] < a[1] ? b : a));
  const high = known.reduce((a, b) => (b[1] > a[1] ? b : a));
  return `From ${words(first)} to ${words(last)}; lowest ${words(low)}, highest ${words(high)}. The table below has every month.`;
}

function words([month, value]: [string, number]): string {
  return `${value.toLocaleString('en-GB')} in ${monthInWords(month)}`;
}
