import { ABOUT_RESTRICTION } from '#libs/restriction';
import { ABOUT_KEEPING, type RetentionBasis as Basis, type RetentionRule as Rule } from '#libs/retention';

/** What a concern is kept as, once nothing is left to be done with it. */
export const RETENTION_CLASSES = ['no_enquiry', 'with_enquiry', 'entered_in_error'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

/** From when the years count: the last time that anybody dealt with it. */
export const RETENTION_TRIGGERS = ['last_contact'] as const;

export type RetentionRule = Rule<RetentionClass, (typeof RETENTION_TRIGGERS)[number]>;
export type RetentionBasis = Basis<RetentionClass, (typeof RETENTION_TRIGGERS)[number]>;

/** What happens to a concern without anybody dealing with it: what its retention brings about, and what follows from other records. */
export const NO_CONTACT = ['PersonIdentified', 'MessageToReferrerNotSent', 'NoticeNotSent', 'FileJudged', 'ConcernRestricted', 'ConcernKeptFrom', ...ABOUT_RESTRICTION, ...ABOUT_KEEPING, 'ConcernDisposed'] as const;

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
    class: 'with_enquiry',
    version: 1,
    source: 'Bracknell Forest Council: safeguarding of adults, 6 years from last contact (Limitation Act 1980), and not before its enquiry; not this council’s own',
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
