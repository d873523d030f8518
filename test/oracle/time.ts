import { Temporal } from 'temporal-polyfill';

/** Microseconds since 1970 began in UTC. */
export type Micros = bigint;

/** A time as the page reads it; `twice` when it was there twice and the earlier is meant. */
export type Reading = { at: Micros; twice: boolean } | 'bad_value' | 'no_such_time';

export const microsPerDay = 86_400_000_000n;

const pattern = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:(Z)|([+-])([01]\d|2[0-3]):?([0-5]\d))?$/;

/** Reads one cell that should hold a time. What lies beyond a microsecond is dropped. */
export function readTime(cell: string): Reading {
  const found = pattern.exec(cell);
  if (!found || !isDay(found[1]!)) return 'bad_value';
  const [, day, hour, minute, second = '00', fraction = '', zulu, sign, offsetHour, offsetMinute] = found;
  const micros = BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  if (zulu || sign) {
    const offsetMinutes = Number(`${sign ?? '+'}1`) * (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0));
    const millis = Date.parse(`${day}T${hour}:${minute}:${second}Z`) - offsetMinutes * 60_000;
    return { at: BigInt(millis) * 1000n + micros, twice: false };
  }
  const local = Temporal.PlainDateTime.from(`${day}T${hour}:${minute}:${second}`);
  const earlier = local.toZonedDateTime('Europe/London', { disambiguation: 'earlier' });
  const later = local.toZonedDateTime('Europe/London', { disambiguation: 'later' });
  if (!earlier.toPlainDateTime().equals(local)) return 'no_such_time';
  return { at: epochMicros(earlier) + micros, twice: !earlier.equals(later) };
}

/** Reads a moment that is certainly well formed, such as the one when a run began. */
export function momentOf(text: string): Micros {
  const reading = readTime(text);
  if (typeof reading === 'string') throw new Error(`${text} is not a time`);
  return reading.at;
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The same day some years on; 29 February becomes 28 February in a year that has none. */
export function yearsOn(day: string, years: number): string {
  return Temporal.PlainDate.from(day).add({ years }).toString();
}

/** The day it is in London at a moment. */
export function londonDay(at: Micros): string {
  const micros = at % microsPerDay;
  const there = new Date(Number((at - micros) / 1000n) - (micros < 0n ? 86_400_000 : 0)).toISOString().slice(0, 10);
  if (at < startOfDay(there)) return dayAfter(there, -1);
  return at < endOfDay(there) ? there : dayAfter(there, 1);
}

/** The moment at which a day begins in London. */
export const startOfDay = remembered((day) => epochMicros(Temporal.PlainDate.from(day).toZonedDateTime('Europe/London')));

/** The first moment that is after a day. */
export const endOfDay = remembered((day) => startOfDay(dayAfter(day, 1)));

/** The number of a day, counted from 1 January 1970. */
export function dayNumber(day: string): number {
  return Date.parse(day) / 86_400_000;
}

function remembered(answer: (day: string) => Micros): (day: string) => Micros {
  const known = new Map<string, Micros>();
  return (day) => {
    const found = known.get(day) ?? answer(day);
    known.set(day, found);
    return found;
  };
}

function dayAfter(day: string, days: number): string {
  return new Date((dayNumber(day) + days) * 86_400_000).toISOString().slice(0, 10);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function epochMicros(moment: Temporal.ZonedDateTime): Micros {
  return moment.epochNanoseconds / 1000n;
}
