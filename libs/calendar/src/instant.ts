import { Temporal } from 'temporal-polyfill';
import { DAY_MS, HOUR_MS, type Instant, instantText, isRealDay, millisOfClock } from './civil.js';

const CANONICAL = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/;
const CANONICAL_LENGTH = 27;
const FRACTION_AT = 20;

/**
 * The canonical text of a moment: ISO text with an offset or `Z`, a `Temporal.Instant`, a `Date`, or milliseconds since 1970.
 * What lies below the microsecond is dropped. Throws a `RangeError` for anything else.
 */
export function instant(value: string | Temporal.Instant | Date | number): Instant {
  if (typeof value === 'string' && CANONICAL.test(value) && isRealDay(value)) return value;
  const text = exact(value).toString({ fractionalSecondDigits: 6, roundingMode: 'floor' });
  if (text.length !== CANONICAL_LENGTH || text.startsWith('0000')) throw new RangeError('the year is not between 0001 and 9999');
  return text;
}

function exact(value: string | Temporal.Instant | Date | number): Temporal.Instant {
  if (typeof value === 'string') return Temporal.Instant.from(value);
  if (typeof value === 'number') return Temporal.Instant.fromEpochMilliseconds(value);
  return value instanceof Date ? Temporal.Instant.fromEpochMilliseconds(value.getTime()) : value;
}

/** Microseconds from one moment to another, negative when it comes first; exact up to 285 years, then to the nearest double. */
export function elapsedMicros(from: Instant, to: Instant): number {
  return (millisOfClock(to, true) - millisOfClock(from, true)) * 1000 + micros(to) - micros(from);
}

/** Days of 24 hours from one moment to another, with their fraction. */
export function elapsedDays(from: Instant, to: Instant): number {
  return elapsedMicros(from, to) / (DAY_MS * 1000);
}

/** The moment so many whole elapsed hours later (or earlier), whatever the clocks do. */
export function addHours(from: Instant, hours: number): Instant {
  return instantText(millisOfClock(from, true) + hours * HOUR_MS, from.slice(FRACTION_AT, FRACTION_AT + 6));
}

/** The moment so many elapsed seconds later (or earlier). */
export const addSeconds = (from: Instant, seconds: number): Instant => instantText(millisOfClock(from, true) + seconds * 1_000, from.slice(FRACTION_AT, FRACTION_AT + 6));

function micros(at: Instant): number {
  return Number(at.slice(FRACTION_AT, FRACTION_AT + 6));
}
