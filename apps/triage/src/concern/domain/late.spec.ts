import * as fc from 'fast-check';
import { instant } from '#libs/calendar';
import { clocksInForce, type TriageClock } from './clocks.js';
import { duesOf, lateBefore } from './late.js';

const moment = fc.integer({ min: Date.UTC(2025, 10, 1), max: Date.UTC(2026, 5, 1) }).map((ms) => instant(ms));
const amount = fc.integer({ min: 1, max: 12 });
const [clock] = clocksInForce('2026-06-01');
const aClock = fc.record({ elapsed: amount, working: amount }).map(({ elapsed, working }): TriageClock => ({
  ...clock!, readings: { elapsed: { amount: elapsed, unit: 'days' }, working: { amount: working, unit: 'working_days' } },
}));

describe('being late', () => {
  it('is what at least one reading of one clock says, whatever the clocks are', () =>
    fc.assert(
      fc.property(fc.array(aClock, { maxLength: 3 }), moment, moment, (clocks, from, now) => {
        const isLate = clocks.some((one) => duesOf(one, from).some(({ dueAt }) => dueAt < now));
        expect(from < lateBefore(now, clocks)).toBe(isLate);
      }),
    ));
  it('begins after 24 hours by the clocks of today', () =>
    expect(lateBefore('2026-06-03T09:00:00.000000Z', clocksInForce('2026-06-03'))).toBe('2026-06-02T09:00:00.000000Z'));
});
