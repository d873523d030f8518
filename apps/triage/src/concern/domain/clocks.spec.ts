import { clocksInForce, TRIAGE_CLOCKS, type TriageClock } from './clocks.js';

describe('the clocks of triage', () => {
  it('are 24 hours and 5 days, each in both readings and with its source', () => {
    const clocks = clocksInForce('2026-06-01');
    expect(clocks.map(({ code }) => code)).toEqual(['triage_24_hours', 'triage_5_days']);
    for (const { source, version, readings } of clocks) {
      expect(source).not.toBe('');
      expect(version).toBe(1);
      expect(readings.working.unit).toBe('working_days');
    }
  });

  it('go by the version that holds on the day', () => {
    const [first] = TRIAGE_CLOCKS;
    if (!first) throw new Error('there is no clock');
    const second: TriageClock = { ...first, version: 2, effectiveFrom: '2026-04-01' };
    expect(clocksInForce('2026-03-31', [second, first])).toEqual([first]);
    expect(clocksInForce('2026-04-01', [second, first])).toEqual([second]);
    expect(clocksInForce('2022-12-31', [second, first])).toEqual([]);
  });
});
