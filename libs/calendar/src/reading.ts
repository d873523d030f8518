import { type Day, HOUR_MS, type Instant, instantText, isRealDay, millisOfClock, two, yearOf } from './civil.js';
import { wallOffset } from './london.js';

/** A time that was read, and whether London's clocks showed it twice (then the earlier is taken). */
export interface ReadTime {
  readonly at: Instant;
  readonly occursTwice: boolean;
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME =
  /^\d{4}-\d\d-\d\d[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/;

const MINUTE_MS = 60_000;
/** Where `HH:MM` ends; whatever follows is seconds, a fraction or an offset. */
const MINUTES_END = 16;

/** Reads `YYYY-MM-DD`; undefined when it is not a day of the calendar. */
export function readDate(text: string): Day | undefined {
  return DATE.test(text) && isRealDay(text) ? text : undefined;
}

/**
 * Reads a time as legacy extracts write it: with an offset as that moment, without one on London's clocks.
 * `no_such_time` is a local time in an hour that the clocks skipped.
 */
export function readTime(text: string): ReadTime | 'bad_value' | 'no_such_time' {
  if (!TIME.test(text) || !isRealDay(text)) return 'bad_value';
  const sign = offsetStart(text);
  const clock = sign === -1 ? text : text.slice(0, sign);
  if (sign !== -1) return { at: shifted(clock, offsetMs(text, sign)), occursTwice: false };
  const offset = wallOffset(millisOfClock(clock, clock.length > MINUTES_END), yearOf(clock));
  if (offset === undefined) return 'no_such_time';
  return { at: shifted(clock, offset.offsetMs), occursTwice: offset.occursTwice };
}

/** Where the offset begins, or -1. Only a sign can stand there: the date's own hyphens lie before. */
function offsetStart(text: string): number {
  const { length } = text;
  if (text.endsWith('Z')) return length - 1;
  for (const start of [length - 6, length - 5]) {
    if (start >= MINUTES_END && (text[start] === '+' || text[start] === '-')) return start;
  }
  return -1;
}

function offsetMs(text: string, sign: number): number {
  if (text[sign] === 'Z') return 0;
  const minutes = two(text, sign + 1) * 60 + two(text, text.length - 2);
  return (text[sign] === '-' ? -minutes : minutes) * MINUTE_MS;
}

/** The instant at which a clock so far ahead of UTC shows this time; digits past the microsecond are dropped. */
function shifted(clock: string, aheadMs: number): Instant {
  const hasSeconds = clock.length > MINUTES_END;
  const fraction = clock.length > 20 ? clock.slice(20, 26).padEnd(6, '0') : '000000';
  const hour = two(clock, 11);
  if (aheadMs === 0) return `${clock.slice(0, 10)}T${clock.slice(11, MINUTES_END)}:${hasSeconds ? clock.slice(17, 19) : '00'}.${fraction}Z`;
  if (aheadMs === HOUR_MS && hour > 0) {
    const utcHour = hour > 10 ? String(hour - 1) : `0${hour - 1}`;
    return `${clock.slice(0, 10)}T${utcHour}:${clock.slice(14, MINUTES_END)}:${hasSeconds ? clock.slice(17, 19) : '00'}.${fraction}Z`;
  }
  return instantText(millisOfClock(clock, hasSeconds) - aheadMs, fraction);
}
