/** Of which kind an enquiry is: the duty of s.42, or one made although the duty does not apply. */
export const ENQUIRY_KINDS = ['s42', 'other'] as const;
export type EnquiryKind = (typeof ENQUIRY_KINDS)[number];

/** Who makes the enquiry. The council stays accountable for it, whoever that is. */
export const CONDUCTED_BY = ['local_authority', 'care_provider', 'nhs', 'police', 'other'] as const;
export type ConductedBy = (typeof CONDUCTED_BY)[number];
export type OtherAgency = Exclude<ConductedBy, 'local_authority'>;

/** National table SG4a: was the person, or whoever speaks for them, asked what they want? */
export const OUTCOMES_ASKED = ['asked_and_expressed', 'asked_not_expressed', 'not_asked', 'not_known', 'not_recorded'] as const;
export type OutcomesAsked = (typeof OUTCOMES_ASKED)[number];

export const OUTCOMES_ACHIEVED = ['fully_achieved', 'partially_achieved', 'not_achieved'] as const;
export type OutcomesAchieved = (typeof OUTCOMES_ACHIEVED)[number];

/** National table SG3a. */
export const MENTAL_CAPACITY = ['lacks_capacity', 'has_capacity', 'not_known', 'not_recorded'] as const;
export type MentalCapacity = (typeof MENTAL_CAPACITY)[number];

/** National table SG2a. */
export const TYPES_OF_RISK = [
  'physical',
  'sexual',
  'psychological',
  'financial_or_material',
  'discriminatory',
  'organisational',
  'neglect_and_acts_of_omission',
  'domestic',
  'sexual_exploitation',
  'modern_slavery',
  'self_neglect',
] as const;
export type TypeOfRisk = (typeof TYPES_OF_RISK)[number];

export const SOURCES_OF_RISK = ['service_provider', 'known_to_individual', 'unknown_to_individual'] as const;
export type SourceOfRisk = (typeof SOURCES_OF_RISK)[number];

/** National table SG2b. */
export const LOCATIONS_OF_RISK = [
  'own_home',
  'community',
  'community_service',
  'care_home_nursing',
  'care_home_residential',
  'hospital_acute',
  'hospital_mental_health',
  'hospital_community',
  'other',
] as const;
export type LocationOfRisk = (typeof LOCATIONS_OF_RISK)[number];

/** National table SG2c; the glossary has the words. */
export const RISK_ASSESSMENT_OUTCOMES = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7'] as const;
export type RiskAssessmentOutcome = (typeof RISK_ASSESSMENT_OUTCOMES)[number];

/** National table SG2e. */
export const RISK_OUTCOMES = ['removed', 'reduced', 'remained'] as const;
export type RiskOutcome = (typeof RISK_OUTCOMES)[number];

/** What became of the risk over the whole enquiry. */
export const OVERALL_RISK_OUTCOMES = [...RISK_OUTCOMES, 'no_risk_identified'] as const;
export type OverallRiskOutcome = (typeof OVERALL_RISK_OUTCOMES)[number];

export const PLAN_REVIEW_OUTCOMES = ['continues', 'changed', 'ended'] as const;
export type PlanReviewOutcome = (typeof PLAN_REVIEW_OUTCOMES)[number];
