import { clockInWords } from './clocks.js';
import type { Clock } from './shapes.js';

const asOf = '2026-07-03T12:00:00.000000Z';
const clock = (reading: Clock['reading'], dueAt: string, state: Clock['state'] = 'running'): Clock => ({ code: 'triage_24_hours', reading, dueAt, state });

describe('a clock with two readings', () => {
  it('shows the one that is due first, and the other in quiet words', () => {
    const [elapsed, working] = [clock('elapsed', '2026-07-03T18:00:00.000000Z'), clock('working', '2026-07-06T18:00:00.000000Z')];
    const shown = { state: 'running', words: '6 hours left', also: 'by the clock; 3 days 6 hours left in working days' };
    expect([clockInWords([elapsed, working], 'triage_24_hours', asOf), clockInWords([working, elapsed], 'triage_24_hours', asOf)]).toEqual([shown, shown]);
  });
  it('is late as soon as one reading is, and says that the other is not', () =>
    expect(clockInWords([clock('working', '2026-07-03T18:00:00.000000Z'), clock('elapsed', '2026-07-03T06:00:00.000000Z', 'late')], 'triage_24_hours', asOf)).toEqual({ state: 'late', words: 'late by 6 hours', also: 'by the clock; 6 hours left in working days' }));
  it('shows what is due before what is met', () =>
    expect(clockInWords([clock('working', '2026-07-01T18:00:00.000000Z', 'met'), clock('elapsed', '2026-07-03T06:00:00.000000Z', 'late')], 'triage_24_hours', asOf)).toMatchObject({ state: 'late', also: 'by the clock; met in working days' }));
  it('is said once where both agree', () => {
    for (const state of ['running', 'late', 'met'] as const) {
      const due = state === 'running' ? '2026-07-03T18:00:00.000000Z' : '2026-07-03T06:00:00.000000Z';
      expect(clockInWords([clock('elapsed', due, state), clock('working', due, state)], 'triage_24_hours', asOf)).toMatchObject({ state, also: undefined });
    }
  });
});

describe('a clock with one reading', () => {
  it('says which', () => expect(clockInWords([clock('elapsed', '2026-07-03T18:00:00.000000Z')], 'triage_24_hours', asOf)).toEqual({ state: 'running', words: '6 hours left', also: 'by the clock' }));
  it('is nothing where it does not run', () => expect(clockInWords([clock('elapsed', asOf)], 'triage_5_days', asOf)).toBeUndefined());
});
