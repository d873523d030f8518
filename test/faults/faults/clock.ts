import type { Fault } from './fault.ts';

const second = 1_000;
const day = 86_400 * second;

/** Moments just before the clock or the calendar does something odd. */
const moments = ['2026-10-25T00:59:57Z', '2027-03-28T00:59:57Z', '2028-02-28T23:59:57Z', '2028-02-29T23:59:57Z', '2026-12-31T23:59:57Z'];

export const clockMoved: Fault = {
  name: 'clock moved back, forward, over both clock changes and 29 February',
  isQuick: false,
  async strike({ system, load, random }) {
    const jumps = [-90 * second, 90 * second, -day, day, ...moments.map((moment) => Date.parse(moment) - Date.now())];
    for (const jump of random.shuffled(jumps)) {
      system.moveClock(jump);
      await load.untilDone(8 + random.below(8), 5_000);
    }
    system.moveClock(0);
  },
};
