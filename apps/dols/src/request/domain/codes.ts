export const kinds = ['new', 'renewal'] as const;
export type Kind = (typeof kinds)[number];

export const settings = [
  'care_home_residential',
  'care_home_nursing',
  'hospital_acute',
  'hospital_mental_health',
  'hospital_community',
] as const;
export type Setting = (typeof settings)[number];

/** The fixed priority bands, the one seen first in front. */
export const bands = ['high', 'medium', 'low'] as const;
export type Band = (typeof bands)[number];

export const outcomes = ['granted', 'not_granted', 'withdrawn', 'died', 'moved'] as const;
export type Outcome = (typeof outcomes)[number];

/** The six assessments of Schedule A1 to the Mental Capacity Act 2005; a standard authorisation needs every one met. */
export const assessmentKinds = [
  'age',
  'no_refusals',
  'mental_capacity',
  'mental_health',
  'eligibility',
  'best_interests',
] as const;
export type AssessmentKind = (typeof assessmentKinds)[number];

/** What screening asks about: evidence for the legal test and for the priority alike. */
export const factors = [
  'purpose_is_protective',
  'life_as_normal_as_can_be',
  'wishes_and_feelings_positive',
  'person_objects',
  'family_objects',
  'attempts_to_leave',
  'continuous_supervision_and_control',
  'free_to_leave',
  'one_to_one_care',
  'physical_restraint',
  'medication_to_control',
  'contact_limited',
  'confined_to_part_of_building',
  'new_or_unstable_placement',
  'challenge_likely',
] as const;
export type Factor = (typeof factors)[number];
export type Answer = 'yes' | 'no' | 'not_known';

/** What a screening comes to; none of the three ends anything. */
export type ScreeningResult = 'likely' | 'unlikely' | 'cannot_tell';

/** Who told us of a withdrawal, a death or a move. */
export const informants = [
  'managing_authority',
  'family_or_friend',
  'hospital',
  'gp',
  'registrar_or_coroner',
  'other_council',
  'other',
] as const;
export type Informant = (typeof informants)[number];

export const endReasons = ['expired', 'reviewed', 'died', 'moved', 'ceased'] as const;
export type EndReason = (typeof endReasons)[number];

/** Why a person must look at a waiting request again. */
export const lookReasons = ['objection', 'unlikely', 'cannot_tell', 'changed', 'not_there'] as const;
export type LookReason = (typeof lookReasons)[number];
