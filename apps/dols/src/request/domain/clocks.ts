import { addDays, type Clock as CalendarClock, type Day, type Instant, londonDay } from '#libs/calendar';

export type ClockCode =
  | 'standard_request'
  | 'urgent_authorisation'
  | 'longest_authorisation'
  | 'equivalent_assessment_age'
  | 'suspension'
  | 'advance_request';

/** A length that the law sets, as data; this scheme has one in years besides those in days. */
export interface Clock extends Omit<CalendarClock, 'code' | 'unit'> {
  readonly code: ClockCode;
  readonly unit: 'calendar_days' | 'years';
  /** False where nobody has checked the source yet: to be confirmed by the council. */
  readonly isSourced: boolean;
}

const schedule = 'Mental Capacity Act 2005, Schedule A1';
const since = { version: 1, effectiveFrom: '2009-04-01' } as const;

export const clocks: readonly Clock[] = [
  { ...since, code: 'standard_request', length: 21, unit: 'calendar_days', source: 'SI 2008/1858, regulation 13', isSourced: true },
  { ...since, code: 'urgent_authorisation', length: 7, unit: 'calendar_days', source: 'A County Council v MB [2010] EWHC 2508 (COP): the day of issue counts', isSourced: true },
  { ...since, code: 'longest_authorisation', length: 1, unit: 'years', source: `${schedule}: up to 12 months`, isSourced: true },
  { ...since, code: 'equivalent_assessment_age', length: 1, unit: 'years', source: `${schedule}, paragraph 49`, isSourced: false },
  { ...since, code: 'suspension', length: 28, unit: 'calendar_days', source: `${schedule}, paragraphs 91 to 97`, isSourced: false },
  { ...since, code: 'advance_request', length: 28, unit: 'calendar_days', source: 'Form 1: needed within the next 28 days', isSourced: true },
];

/** The version of a clock that runs on a day; before its first version, the first. */
export function clockOn(code: ClockCode, day: Day, table: readonly Clock[] = clocks): Clock {
  const versions = table.filter((clock) => clock.code === code);
  const found = versions.findLast((clock) => clock.effectiveFrom <= day) ?? versions[0];
  if (found === undefined) throw new Error(`no clock ${code}`);
  return found;
}

interface Asked {
  receivedAt: Instant;
  urgent: boolean | null;
  urgentExpiresOn: Day | null;
}

/**
 * The last day for all assessments: within the urgent authorisation where there is one, else 21 days from the day
 * of receipt. An urgent authorisation without a date is taken to run from the day of receipt, which counts.
 */
export function assessmentsDueOn(asked: Asked): Day {
  const receivedOn = londonDay(asked.receivedAt);
  if (asked.urgent !== true) return addDays(receivedOn, clockOn('standard_request', receivedOn).length);
  return asked.urgentExpiresOn ?? addDays(receivedOn, clockOn('urgent_authorisation', receivedOn).length - 1);
}
