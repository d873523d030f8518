import { Temporal } from 'temporal-polyfill';
import { lineChart, type LineChart, monthInWords } from '#libs/pages';

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
  const month = Temporal.PlainYearMonth.from(asOf.slice(0, 7));
  return { authority, as_of: asOf, every: 'month', from: month.subtract({ months: 11 }).toPlainDate({ day: 1 }).toString(), to: asOf };
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
