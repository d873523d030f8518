import { z } from 'zod';

/** The code lists that leave a service, as the extract format and the measures spell them. */
export const authority = z.enum(['E06000061', 'E06000062']);
export const channel = z.enum(['online', 'email', 'telephone', 'police_notification', 'other']);
export const referrerType = z.enum([
  'care_home', 'home_care', 'nhs_acute', 'nhs_community', 'nhs_mental_health', 'ambulance', 'police', 'housing',
  'local_authority', 'voluntary_sector', 'family_or_friend', 'self', 'other',
]);
export const abuseType = z.enum([
  'physical', 'sexual', 'psychological', 'financial_or_material', 'discriminatory', 'organisational',
  'neglect_and_acts_of_omission', 'domestic', 'sexual_exploitation', 'modern_slavery', 'self_neglect',
]);
export const location = z.enum([
  'own_home', 'community', 'community_service', 'care_home_nursing', 'care_home_residential', 'hospital_acute',
  'hospital_mental_health', 'hospital_community', 'other',
]);
export const sourceOfRisk = z.enum(['service_provider', 'known_to_individual', 'unknown_to_individual']);
export const yesNo = z.enum(['yes', 'no']);
export const triageOutcome = z.enum([
  's42_enquiry', 'other_enquiry', 'adult_risk_management', 'care_act_assessment', 'quality_team', 'other_authority',
  'no_further_action',
]);
/** Where somebody else has to take a matter, as its outcome or besides one. */
export const route = z.enum([
  'adult_risk_management', 'care_act_assessment', 'quality_team', 'other_authority', 'case_management', 'review',
  'other_council_service', 'external_agency',
]);
export const notSafeguardingReason = z.enum([
  'care_needs_only', 'quality_of_care', 'no_care_and_support_needs', 'no_abuse_or_neglect_identified', 'already_known',
  'other_authority',
]);
export const enquiryKind = z.enum(['s42', 'other']);
export const conductedBy = z.enum(['local_authority', 'care_provider', 'nhs', 'police', 'other']);
export const outcomesAsked = z.enum([
  'asked_and_expressed', 'asked_not_expressed', 'not_asked', 'not_known', 'not_recorded',
]);
export const outcomesAchieved = z.enum(['fully_achieved', 'partially_achieved', 'not_achieved']);
export const mentalCapacity = z.enum(['lacks_capacity', 'has_capacity', 'not_known', 'not_recorded']);
export const riskOutcome = z.enum(['removed', 'reduced', 'remained', 'no_risk_identified']);
export const dolsKind = z.enum(['new', 'renewal']);
export const dolsSetting = z.enum([
  'care_home_residential', 'care_home_nursing', 'hospital_acute', 'hospital_mental_health', 'hospital_community',
]);
export const band = z.enum(['high', 'medium', 'low']);
export const dolsOutcome = z.enum(['granted', 'not_granted', 'withdrawn', 'died', 'moved']);
export const gender = z.enum(['female', 'male', 'other', 'not_recorded']);
export const ethnicity = z.enum([
  'white_british', 'white_other', 'asian', 'black', 'mixed', 'other', 'refused', 'not_recorded',
]);
export const primarySupportReason = z.enum([
  'physical_support', 'sensory_support', 'memory_and_cognition', 'learning_disability', 'mental_health',
  'social_support', 'none', 'not_recorded',
]);
export const ageBand = z.enum(['18-64', '65-74', '75-84', '85-94', '95+', 'not_known']);
export const legalTest = z.enum(['cheshire_west', 'multi_factor_2026_uksc_16']);
/** Whoever raises a concern, less those who are no organisation. */
export const organisationKind = referrerType.exclude(['family_or_friend', 'self']);
/** Where somebody lives or is cared for, less what is no place of its own. */
export const placeSetting = location.exclude(['own_home', 'community']);
export const staffRole = z.enum([
  'triage_officer', 'enquiry_worker', 'manager', 'dols_administrator', 'best_interests_assessor', 'mental_health_assessor',
  'authoriser', 'data_manager', 'board_member', 'auditor', 'administrator',
]);
