import type { RetentionBasis as Basis, RetentionRule as Rule } from '#libs/retention';

/** Who somebody is is kept as one thing, whatever records named them. */
export const RETENTION_CLASSES = ['person'] as const;
/** From when the years count: the day on which the last record that named them was disposed of. */
export const RETENTION_TRIGGERS = ['last_record'] as const;

export type RetentionRule = Rule<(typeof RETENTION_CLASSES)[number], (typeof RETENTION_TRIGGERS)[number]>;
export type RetentionBasis = Basis<(typeof RETENTION_CLASSES)[number], (typeof RETENTION_TRIGGERS)[number]>;

/** It has no purpose of its own: where a council's schedule names no class for it, it is due with the last record that needed it. */
export const RETENTION: readonly RetentionRule[] = [
  {
    class: 'person',
    version: 1,
    source: 'No source: kept no longer than the last record that names them (UK GDPR, article 5(1)(e)), until the council says otherwise',
    effectiveFrom: '2015-04-01',
    trigger: 'last_record',
    years: 0,
  },
];
