import { Temporal } from 'temporal-polyfill';
import { endOfDay, type Micros, startOfDay } from './time.ts';

/** A fraction that is not negative, half up to two decimals; null of nothing. */
export function twoDecimals(over: bigint, under: bigint): number | null {
  return under === 0n ? null : Number((200n * over + under) / (2n * under)) / 100;
}

/** How many in a hundred. */
export function share(part: number, whole: number): number | null {
  return twoDecimals(100n * BigInt(part), BigInt(whole));
}

/** The middle one in some unit, or the mean of the middle two. */
export function median(values: bigint[], unit: bigint): number | null {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  const half = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? twoDecimals(sorted[half]!, unit) : twoDecimals(sorted[half - 1]! + sorted[half]!, 2n * unit);
}

export interface Month { name: string; start: Micros; end: Micros; lastDay: string }

/** The months from January 2023 to that of a day, the last one ending with that day. */
export function months(asOf: string): Month[] {
  const list: Month[] = [];
  for (let month = Temporal.PlainYearMonth.from('2023-01'); month.toString() <= asOf.slice(0, 7); month = month.add({ months: 1 })) {
    const last = month.toPlainDate({ day: month.daysInMonth }).toString();
    const lastDay = last < asOf ? last : asOf;
    list.push({ name: month.toString(), start: startOfDay(`${month.toString()}-01`), end: endOfDay(lastDay), lastDay });
  }
  return list;
}

/** The financial years from 2023-24 that ended by a day. */
export function yearsEndedBy(asOf: string): { name: string; start: Micros; end: Micros }[] {
  const list = [];
  for (let year = 2023; `${year + 1}-03-31` <= asOf; year += 1) {
    list.push({ name: `${year}-${String(year + 1).slice(2)}`, start: startOfDay(`${year}-04-01`), end: endOfDay(`${year + 1}-03-31`) });
  }
  return list;
}
