import { clockInBrief, clockInWords } from './clocks.js';
import type { Clock } from './shapes.js';

const asOf = '2026-07-03T12:00:00.000000Z';
const clock = (reading: Clock['reading'], dueAt: string, state: Clock['state'] = 'running'): Clock => ({ code: 'triage_24_hours', reading, dueAt, state });

describe('a clock with two readings', () => {
  it('leaves what the one that is due first leaves, and says of both when they are due', () => {
    const [elapsed, working] = [clock('elapsed', '2026-07-03T18:00:00.000000Z'), clock('working', '2026-07-06T23:00:00.000000Z')];
    const shown = { state: 'running', words: '6 hours left', also: 'due Friday 3 July, 7:00pm by the clock, by the end of Monday 6 July in working days' };
    expect([clockInWords([elapsed, working], 'triage_24_hours', asOf), clockInWords([working, elapsed], 'triage_24_hours', asOf)]).toEqual([shown, shown]);
  });
  it('never says that more is left than its whole target', () => {
    const since = '2026-07-02T12:03:00.000000Z';
    const shown = clockInWords([clock('elapsed', '2026-07-03T12:00:00.000000Z'), clock('working', '2026-07-03T23:00:00.000000Z')], 'triage_24_hours', since);
    expect(shown).toEqual({ state: 'running', words: '23 hours 57 minutes left', also: 'due Friday 3 July, 1:00pm by the clock, by the end of Friday 3 July in working days' });
  });
  it('is late as soon as one reading is, and says that the other is not', () =>
    expect(clockInWords([clock('working', '2026-07-03T23:00:00.000000Z'), clock('elapsed', '2026-07-03T06:00:00.000000Z', 'late')], 'triage_24_hours', asOf)).toEqual({ state: 'late', words: 'late by 6 hours', also: 'was due Friday 3 July, 7:00am by the clock, due by the end of Friday 3 July in working days' }));
  it('names the year where that is another, and the day of the week only where it is near', () =>
    expect(clockInWords([clock('elapsed', '2025-12-31T06:00:00.000000Z', 'late')], 'triage_24_hours', asOf)?.also).toBe('was due 31 December 2025, 6:00am by the clock'));
  it('shows what is due before what is met', () =>
    expect(clockInWords([clock('working', '2026-07-01T18:00:00.000000Z', 'met'), clock('elapsed', '2026-07-03T06:00:00.000000Z', 'late')], 'triage_24_hours', asOf)).toMatchObject({ state: 'late', also: 'was due Friday 3 July, 7:00am by the clock, met in working days' }));
  it('is said once where both agree', () => {
    for (const state of ['running', 'late', 'met'] as const) {
      const due = state === 'running' ? '2026-07-03T18:00:00.000000Z' : '2026-07-03T06:00:00.000000Z';
      expect(clockInWords([clock('elapsed', due, state), clock('working', due, state)], 'triage_24_hours', asOf)).toMatchObject({ state, also: undefined });
    }
  });
});

describe('a clock in the row of a list', () => {
  const brief = (...clocks: Clock[]) => clockInBrief(clocks, 'triage_24_hours', asOf);
  it('says below both readings in few words, with the time where that is near', () => {
    expect(brief(clock('working', '2026-07-06T23:00:00.000000Z'), clock('elapsed', '2026-07-03T18:00:00.000000Z'))).toEqual({ state: 'running', words: '6 hours left', also: 'clock: Fri 3 Jul, 7:00pm; working days: Mon 6 Jul' });
    expect(brief(clock('elapsed', '2025-12-31T06:00:00.000000Z', 'late'), clock('working', '2026-01-02T00:00:00.000000Z', 'late'))?.also).toBe('clock: 31 Dec 2025; working days: 1 Jan');
    expect(brief(clock('elapsed', '2025-07-31T06:00:00.000000Z', 'late'), clock('working', '2025-08-02T00:00:00.000000Z', 'late'))?.also).toBe('clock: 31 Jul; working days: 2 Aug 2025');
    expect(brief(clock('elapsed', '2026-07-03T06:00:00.000000Z', 'late'), clock('working', '2026-07-01T18:00:00.000000Z', 'met'))?.also).toBe('clock: Fri 3 Jul, 7:00am; working days: met');
  });
  it('is as short where both agree, and nothing where it does not run', () => {
    expect(brief(clock('elapsed', '2026-07-03T06:00:00.000000Z', 'late'), clock('working', '2026-07-03T06:00:00.000000Z', 'late'))?.also).toBeUndefined();
    expect(brief()).toBeUndefined();
  });
});

describe('a clock with one reading', () => {
  it('says which', () => expect(clockInWords([clock('elapsed', '2026-07-03T18:00:00.000000Z')], 'triage_24_hours', asOf)).toEqual({ state: 'running', words: '6 hours left', also: 'due Friday 3 July, 7:00pm by the clock' }));
  it('is nothing where it does not run', () => expect(clockInWords([clock('elapsed', asOf)], 'triage_5_days', asOf)).toBeUndefined());
});
