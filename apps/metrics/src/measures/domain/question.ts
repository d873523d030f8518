import { addDays, addYears, type Day, endOfDay, financialYear, type Instant, monthEnd, months, startOfDay } from '#libs/calendar';

/** What a case can be split by. */
export const dimensions = [
  'referrer_type', 'channel', 'abuse_type', 'location_type', 'source_of_risk', 'gender', 'ethnicity', 'age_band', 'local_area',
  'primary_support_reason',
] as const;
export type Dimension = (typeof dimensions)[number];

/** Characteristics of people, and area: small numbers split by these could name somebody. */
export const aboutPeople: ReadonlySet<Dimension> = new Set(['gender', 'ethnicity', 'age_band', 'local_area', 'primary_support_reason']);

/** London days, both included, under the name that an answer gives them. */
export interface Period {
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
}

export interface Question {
  /** An ONS code, or `all`. */
  readonly authority: string;
  /** In order, none overlapping another. */
  readonly periods: readonly Period[];
  /** Everything that happened by the end of this day. */
  readonly asOf: Day;
  /** Leaves out what was learnt after this moment; null: as known now. */
  readonly knownAt: Instant | null;
  readonly splitBy: Dimension | null;
}

export const ALL = 'all';

/** The whole of two days as one period, named as the reports name it. */
export const period = (from: Day, to: Day): Period => ({ name: `${from}/${to}`, from, to });

/** The calendar months from that of one day to that of another, the last one ending with that day. */
export function monthly(from: Day, to: Day): Period[] {
  if (from > to) return [];
  return months(from, to).map((month) => ({ name: month, from: later(`${month}-01`, from), to: earlier(monthEnd(month), to) }));
}

/** The financial years, each beginning on 1 April, from that of one day to that of another, cut to those two days. */
export function yearly(from: Day, to: Day): Period[] {
  const years: Period[] = [];
  for (let at = from; at <= to; ) {
    const name = financialYear(at);
    const end = addDays(addYears(`${name.slice(0, 4)}-04-01`, 1), -1);
    years.push({ name, from: at, to: earlier(end, to) });
    at = addDays(end, 1);
  }
  return years;
}

/** The moments that bound the periods, in order: period `i` lies between `2i` and `2i + 1`. Nothing lies beyond the as-of day. */
export function bounds({ periods, asOf }: Question): Instant[] {
  const last = endOfDay(asOf);
  return periods.flatMap(({ from, to }) => [earlier(startOfDay(from), last), earlier(endOfDay(to), last)]);
}

/** The moments at which the periods, or the as-of day within them, end. */
export function ends({ periods, asOf }: Question): Instant[] {
  return lastDays({ periods, asOf }).map(endOfDay);
}

/** The last day of each period, or the as-of day within it. */
export function lastDays({ periods, asOf }: Pick<Question, 'periods' | 'asOf'>): Day[] {
  return periods.map(({ to }) => earlier(to, asOf));
}

const earlier = (one: string, other: string): string => (one < other ? one : other);
const later = (one: string, other: string): string => (one > other ? one : other);
