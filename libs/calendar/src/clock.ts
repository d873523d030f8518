import type { Day, Instant } from './civil.js';
import { addDays } from './day.js';
import { addHours } from './instant.js';
import { endOfDay, londonDay } from './london.js';
import { addWorkingDays, type Closures } from './working-days.js';

/** A time allowed for something, as data: who set it, from when it holds, and in what it is counted. */
export interface Clock {
  readonly code: string;
  readonly version: number;
  /** The law, the policy or the page that sets it, or `configuration` where no source does. */
  readonly source: string;
  readonly effectiveFrom: Day;
  readonly length: number;
  readonly unit: 'hours' | 'calendar_days' | 'working_days';
}

/** The same deadline counted without stopping and in working days, for a clock whose source leaves open which is meant. */
export interface Readings {
  readonly elapsed: Instant;
  readonly working: Instant;
}

/**
 * The last moment that is still in time. Hours elapse whatever the clocks do. Days are those of London: the day on which
 * the clock starts is not counted, and the last one counts to its end.
 */
export function dueAt(clock: Clock, from: Instant, closures?: Closures): Instant {
  switch (clock.unit) {
    case 'hours':
      return addHours(from, clock.length);
    case 'calendar_days':
      return endOfDay(addDays(londonDay(from), clock.length));
    case 'working_days':
      return endOfDay(addWorkingDays(londonDay(from), clock.length, closures));
  }
}

/** Both readings of a deadline. A clock in hours counts as many working days as it has days begun. */
export function bothReadings(clock: Clock, from: Instant, closures?: Closures): Readings {
  const hours = clock.unit === 'hours' ? clock.length : clock.length * 24;
  const working: Clock = { ...clock, unit: 'working_days', length: Math.ceil(hours / 24) };
  return { elapsed: addHours(from, hours), working: dueAt(working, from, closures) };
}

/** The version of a clock in force on a day. Throws when the code has none by then. */
export function getClock(clocks: readonly Clock[], code: string, on: Day): Clock {
  const inForce = clocks
    .filter((clock) => clock.code === code && clock.effectiveFrom <= on)
    .toSorted((a, b) => (a.effectiveFrom === b.effectiveFrom ? a.version - b.version : a.effectiveFrom < b.effectiveFrom ? -1 : 1))
    .at(-1);
  if (inForce === undefined) throw new RangeError(`no clock ${code} in force on ${on}`);
  return inForce;
}
