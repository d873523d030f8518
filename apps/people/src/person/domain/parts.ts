import type { AgeBand, Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';

/** An opaque staff id; null where an old system does not tell or where a message is the cause. */
export type Who = string | null;

export interface Act {
  at: Instant;
  by: Who;
}

export interface Reasoned extends Act {
  reason: TextRef | null;
}

export const genders = ['female', 'male', 'other', 'not_recorded'] as const;
export type Gender = (typeof genders)[number];

export const ethnicities = [
  'white_british',
  'white_other',
  'asian',
  'black',
  'mixed',
  'other',
  'refused',
  'not_recorded',
] as const;
export type Ethnicity = (typeof ethnicities)[number];

export const primarySupportReasons = [
  'physical_support',
  'sensory_support',
  'memory_and_cognition',
  'learning_disability',
  'mental_health',
  'social_support',
  'none',
  'not_recorded',
] as const;
export type PrimarySupportReason = (typeof primarySupportReasons)[number];

/** What may be counted about a person. Who they are lies encrypted elsewhere, never in an event. */
export interface Characteristics {
  gender: Gender;
  ethnicity: Ethnicity;
  primarySupportReason: PrimarySupportReason;
  /** The code of the local area; null when not known. */
  localArea: string | null;
}

export type RecordKind = 'concern' | 'dols_request';

/** A record of another service said something about this person; the age band is that of the record's day. */
export interface Claim {
  recordId: string;
  recordKind: RecordKind;
  authority: string;
  ageBand: AgeBand;
  under18: boolean;
}

/** A record of another service that named this person and was disposed of. */
export type LetGo = Pick<Claim, 'recordId' | 'recordKind' | 'authority'>;

/** The parts of an identity that can be corrected: an event tells which, never what they were or are. */
export const identityFields = [
  'given_name',
  'family_name',
  'birth_date',
  'nhs_number',
  'address',
  'postcode',
  'death_date',
] as const;
export type IdentityField = (typeof identityFields)[number];
