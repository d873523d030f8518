import { addDays, addHours, addWorkingDays, endOfDay, type Instant, londonDay } from '#libs/calendar';
import { clocksInForce, type TriageClock } from './clocks.js';

export interface Due {
  reading: 'elapsed' | 'working';
  dueAt: Instant;
}

/** A clock's reading at a moment. */
export interface Reading extends Due {
  code: TriageClock['code'];
  state: 'running' | 'late';
}

/** Where every clock in force stands at a moment that has run from another, in both readings. */
export function readingsAt(now: Instant, from: Instant): Reading[] {
  return clocksInForce(londonDay(now)).flatMap((clock) =>
    duesOf(clock, from).map((due) => ({ code: clock.code, ...due, state: due.dueAt < now ? 'late' : 'running' })),
  );
}

const NEVER: Instant = '0001-01-01T00:00:00.000000Z';

const hoursOf = ({ readings: { elapsed } }: TriageClock): number => (elapsed.unit === 'hours' ? elapsed.amount : elapsed.amount * 24);

/** When a clock that runs from a moment is due, in both readings, since the source leaves open which days count. */
export function duesOf(clock: TriageClock, from: Instant): Due[] {
  return [
    { reading: 'elapsed', dueAt: addHours(from, hoursOf(clock)) },
    { reading: 'working', dueAt: endOfDay(addWorkingDays(londonDay(from), clock.readings.working.amount)) },
  ];
}

/** A concern whose clocks run from before this moment is late by at least one reading of one clock. */
export function lateBefore(now: Instant, clocks: readonly TriageClock[]): Instant {
  const limits = clocks.flatMap((clock) => [addHours(now, -hoursOf(clock)), lateByWorkingDays(now, clock)]);
  return limits.reduce((latest, limit) => (limit > latest ? limit : latest), NEVER);
}

function lateByWorkingDays(now: Instant, { readings: { working } }: TriageClock): Instant {
  let day = londonDay(now);
  while (endOfDay(addWorkingDays(day, working.amount)) >= now) day = addDays(day, -1);
  return endOfDay(day);
}
