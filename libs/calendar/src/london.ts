import { Temporal } from 'temporal-polyfill';
import { type Day, DAY_MS, dayNumber, dayText, FIRST_DAY, FIRST_INSTANT, HOUR_MS, type Instant, instantText, LAST_DAY, LAST_INSTANT, millisOfClock, two, yearOf } from './civil.js';

/** How far London's clocks are ahead of UTC at a wall-clock time, and whether they showed that time twice. */
export interface WallOffset {
  readonly offsetMs: number;
  readonly occursTwice: boolean;
}

/** One change of the clocks. Between `wallFrom` and `wallTo` the clock showed a time never (`within` undefined) or twice. */
interface Change {
  readonly atMs: number;
  readonly at: Instant;
  readonly wallFrom: number;
  readonly wallTo: number;
  readonly within: WallOffset | undefined;
  readonly next: WallOffset;
}

interface ClockYear {
  readonly first: WallOffset;
  readonly changes: readonly Change[];
}

/** A zoned object for every call costs microseconds, and an import makes millions: each year's changes are asked for once. */
const years: (ClockYear | undefined)[] = [];

function clockYear(year: number): ClockYear {
  return (years[year] ??= readClockYear(year));
}

function readClockYear(year: number): ClockYear {
  const start = Temporal.ZonedDateTime.from({ year, month: 1, day: 1, timeZone: 'UTC' });
  const end = start.add({ years: 1 }).epochMilliseconds;
  let before = start.withTimeZone('Europe/London');
  const first = plain(before);
  const changes: Change[] = [];
  for (;;) {
    const next = before.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= end) return { first, changes };
    changes.push(change(next.epochMilliseconds, changes.at(-1)?.next ?? first, plain(next)));
    before = next;
  }
}

function plain(zoned: Temporal.ZonedDateTime): WallOffset {
  return { offsetMs: zoned.offsetNanoseconds / 1e6, occursTwice: false };
}

function change(atMs: number, before: WallOffset, next: WallOffset): Change {
  const goesBack = next.offsetMs < before.offsetMs;
  return {
    atMs,
    at: instantText(atMs, '000000'),
    wallFrom: atMs + Math.min(before.offsetMs, next.offsetMs),
    wallTo: atMs + Math.max(before.offsetMs, next.offsetMs),
    within: goesBack ? { offsetMs: before.offsetMs, occursTwice: true } : undefined,
    next,
  };
}

/**
 * What London's clocks were ahead of UTC when they showed this time (given as if it were UTC). A time shown twice is read
 * as the earlier; one that was skipped gives undefined. No change of the clocks lies within a day of New Year.
 */
export function wallOffset(wallMs: number, year: number): WallOffset | undefined {
  const { first, changes } = clockYear(year);
  let current = first;
  for (const { wallFrom, wallTo, within, next } of changes) {
    if (wallMs < wallFrom) return current;
    if (wallMs < wallTo) return within;
    current = next;
  }
  return current;
}

/** The day on which the moment falls in London. */
export function londonDay(instant: Instant): Day {
  const { first, changes } = clockYear(yearOf(instant));
  let { offsetMs } = first;
  for (const { at, next } of changes) {
    if (instant < at) break;
    ({ offsetMs } = next);
  }
  const sameDay = offsetMs === 0 || (offsetMs === HOUR_MS && two(instant, 11) < 23);
  return sameDay ? instant.slice(0, 10) : dayText(Math.floor((millisOfClock(instant, true) + offsetMs) / DAY_MS));
}

/** The first moment of the day in London. */
export function startOfDay(day: Day): Instant {
  if (day === FIRST_DAY) return FIRST_INSTANT;
  const wallMs = dayNumber(day) * DAY_MS;
  const offset = wallOffset(wallMs, yearOf(day));
  if (offset !== undefined) return instantText(wallMs - offset.offsetMs, '000000');
  const skipped = clockYear(yearOf(day)).changes.find(({ wallFrom, wallTo }) => wallFrom <= wallMs && wallMs < wallTo);
  return skipped?.at ?? instantText(wallMs, '000000');
}

/** The moment when the day in London is over: the first of the next day. */
export function endOfDay(day: Day): Instant {
  return day >= LAST_DAY ? LAST_INSTANT : startOfDay(dayText(dayNumber(day) + 1));
}
