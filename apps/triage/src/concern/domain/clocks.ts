import type { Day } from '#libs/calendar';

/**
 * A target for deciding a concern. Safeguarding law sets no number of days (Care Act 2014 and its guidance give none),
 * so every clock is somebody's standard: it has a source, a version and a day from which it holds, and a council may bring its own.
 */
export interface TriageClock {
  code: 'triage_24_hours' | 'triage_5_days';
  version: number;
  source: string;
  effectiveFrom: Day;
  /** The source leaves open which days count, so both readings are kept and shown. */
  readings: { elapsed: { amount: number; unit: 'hours' | 'days' }; working: { amount: number; unit: 'working_days' } };
}

/** The local standards. From which day they held is not published: the first day of the figures that they are measured by stands in. */
export const TRIAGE_CLOCKS: readonly TriageClock[] = [
  {
    code: 'triage_24_hours',
    version: 1,
    source: "West Northamptonshire Council's own target (Care Quality Commission, 28 January 2026)",
    effectiveFrom: '2023-01-01',
    readings: { elapsed: { amount: 24, unit: 'hours' }, working: { amount: 1, unit: 'working_days' } },
  },
  {
    code: 'triage_5_days',
    version: 1,
    source: 'Northamptonshire Safeguarding Adults Board standard (Care Quality Commission, 28 January 2026)',
    effectiveFrom: '2023-01-01',
    readings: { elapsed: { amount: 5, unit: 'days' }, working: { amount: 5, unit: 'working_days' } },
  },
];

/** The clocks in force on a day: of each code the version that took effect last. */
export function clocksInForce(on: Day, clocks: readonly TriageClock[] = TRIAGE_CLOCKS): TriageClock[] {
  const inForce = new Map<TriageClock['code'], TriageClock>();
  for (const clock of clocks) {
    const other = inForce.get(clock.code);
    if (clock.effectiveFrom <= on && (!other || isLater(clock, other))) inForce.set(clock.code, clock);
  }
  return [...inForce.values()];
}

function isLater(clock: TriageClock, other: TriageClock): boolean {
  if (clock.effectiveFrom !== other.effectiveFrom) return clock.effectiveFrom > other.effectiveFrom;
  return clock.version > other.version;
}
