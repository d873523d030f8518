import type { Day } from '#libs/calendar';
import { ABOUT_RESTRICTION } from '#libs/restriction';
import { ABOUT_KEEPING, type RetentionBasis as Basis, type RetentionRule as Rule } from '#libs/retention';

/** What a request is kept as, once nothing is left to be done with it. */
export const RETENTION_CLASSES = ['dols_request', 'entered_in_error'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

/** From when the years count: the last time that anybody dealt with it, or the end of its authorisation where that is later. */
export const RETENTION_TRIGGERS = ['last_contact', 'end_of_authorisation'] as const;

export type RetentionRule = Rule<RetentionClass, (typeof RETENTION_TRIGGERS)[number]>;
export interface RetentionBasis extends Basis<RetentionClass, (typeof RETENTION_TRIGGERS)[number]> {
  /** The last day of its authorisation; null where there was none. */
  endedOn: Day | null;
}

/** What happens to a request without anybody dealing with whom it is about: whom it is open to, what its retention brings about, and what follows from other records. */
export const NO_CONTACT = ['PersonIdentified', 'RequestRestricted', 'RequestKeptFrom', ...ABOUT_RESTRICTION, ...ABOUT_KEEPING, 'RequestDisposed'] as const;

/** No schedule that names requests for an authorisation was found: what is kept for adults in care stands in until a council brings its own. */
export const RETENTION: readonly RetentionRule[] = [
  {
    class: 'dols_request',
    version: 1,
    source: 'No source: kept as an adult’s assessment and support (Derbyshire County Council: 6 years from the latest contact), from the end of the authorisation, until the council says otherwise',
    effectiveFrom: '2015-04-01',
    trigger: 'end_of_authorisation',
    years: 6,
  },
  {
    class: 'entered_in_error',
    version: 1,
    source: 'No source: kept as long as a request that was decided until the council says otherwise',
    effectiveFrom: '2015-04-01',
    trigger: 'last_contact',
    years: 6,
  },
];
