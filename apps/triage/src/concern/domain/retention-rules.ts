import type { Day, Instant } from '#libs/calendar';

/** What a concern is kept as, once nothing is left to be done with it. */
export const RETENTION_CLASSES = ['no_enquiry', 'entered_in_error'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

/**
 * How long something is kept. No law says: councils' schedules disagree, so each rule is somebody's, with its source and the
 * day from which it holds, and a council may bring its own.
 */
export interface RetentionRule {
  class: RetentionClass;
  version: number;
  source: string;
  effectiveFrom: Day;
  /** From when the years count: the last time that anybody dealt with it. */
  trigger: 'last_contact';
  years: number;
}

/** What happens to a concern without anybody dealing with it: what its retention brings about, and what follows from other records. */
export const NO_CONTACT = ['PersonIdentified', 'MessageToReferrerNotSent', 'FileJudged', 'ConcernRestricted', 'RestrictionLifted', 'GlassBroken', 'LegalHoldPlaced', 'LegalHoldLifted', 'DisposalProposed', 'DisposalDeclined', 'ConcernDisposed'] as const;

/** By what something was disposed of, as it stood then. */
export interface RetentionBasis extends Pick<RetentionRule, 'class' | 'version' | 'source' | 'trigger' | 'years'> {
  lastContactAt: Instant;
  dueOn: Day;
}

/** The one schedule that names safeguarding of adults stands in until a council brings its own. From which day it held is not published. */
export const RETENTION: readonly RetentionRule[] = [
  {
    class: 'no_enquiry',
    version: 1,
    source: 'Bracknell Forest Council: safeguarding of adults, 6 years from last contact (Limitation Act 1980); not this council’s own',
    effectiveFrom: '2015-04-01',
    trigger: 'last_contact',
    years: 6,
  },
  {
    class: 'entered_in_error',
    version: 1,
    source: 'No source: kept as long as a concern without an enquiry until the council says otherwise',
    effectiveFrom: '2015-04-01',
    trigger: 'last_contact',
    years: 6,
  },
];

/** The rule for a class that is in force on a day: the one that took effect last. */
export function ruleInForce(rules: readonly RetentionRule[], of: RetentionClass, on: Day): RetentionRule | undefined {
  return rules
    .filter((rule) => rule.class === of && rule.effectiveFrom <= on)
    .toSorted((one, other) => one.effectiveFrom.localeCompare(other.effectiveFrom) || one.version - other.version)
    .at(-1);
}
