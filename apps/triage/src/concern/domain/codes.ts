/** Where a concern came in. */
export const CHANNELS = ['online', 'email', 'telephone', 'police_notification', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Who raised it. */
export const REFERRER_TYPES = [
  'care_home',
  'home_care',
  'nhs_acute',
  'nhs_community',
  'nhs_mental_health',
  'ambulance',
  'police',
  'housing',
  'local_authority',
  'voluntary_sector',
  'family_or_friend',
  'self',
  'other',
] as const;
export type ReferrerType = (typeof REFERRER_TYPES)[number];

/** Types of risk: the ten of the Care Act guidance, with sexual exploitation apart as the national collection has it. */
export const ABUSE_TYPES = [
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
export type AbuseType = (typeof ABUSE_TYPES)[number];

export const LOCATION_TYPES = [
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
export type LocationType = (typeof LOCATION_TYPES)[number];

export const SOURCES_OF_RISK = ['service_provider', 'known_to_individual', 'unknown_to_individual'] as const;
export type SourceOfRisk = (typeof SOURCES_OF_RISK)[number];

/** Age on the day of the concern, judged by the service that knows the date of birth. */
export const AGE_BANDS = ['18-64', '65-74', '75-84', '85-94', '95+', 'not_known'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/** What a concern may be without and still be taken: the list to chase. */
export const MISSING_ITEMS = [
  'person_name',
  'person_date_of_birth',
  'person_address',
  'area',
  'what_happened',
  'when_it_happened',
  'abuse_types',
  'location_type',
  'source_of_risk',
  'immediate_risk',
  'action_taken',
  'wishes',
  'consent',
  'referrer_contact',
] as const;
export type MissingItem = (typeof MISSING_ITEMS)[number];

/** By what whoever raised a concern sees how it goes on: signed in as themselves, or by a code. */
export const FOLLOWED_BY = ['account', 'code'] as const;
export type FollowedBy = (typeof FOLLOWED_BY)[number];

/** Whether the person knows of the concern and agrees, as whoever raised it or asks about it says. */
export const CONSENT_SAID = ['yes', 'no', 'not_asked'] as const;
export type ConsentSaid = (typeof CONSENT_SAID)[number];

/** Whether the person is in danger now, as whoever raised it says. */
export const DANGER_SAID = ['yes', 'no', 'not_sure'] as const;
export type DangerSaid = (typeof DANGER_SAID)[number];

/** The one primary outcome of a decision. */
export const OUTCOMES = [
  's42_enquiry',
  'other_enquiry',
  'adult_risk_management',
  'care_act_assessment',
  'quality_team',
  'other_authority',
  'no_further_action',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The councils known here, by their ONS codes. */
export const COUNCILS = ['E06000061', 'E06000062'] as const;
export type Council = (typeof COUNCILS)[number];

/** Where a matter may go besides its primary outcome. */
export const FURTHER_ROUTES = [
  'adult_risk_management',
  'care_act_assessment',
  'quality_team',
  'other_authority',
  'advice_and_guidance',
  'case_management',
  'review',
  'other_council_service',
  'external_agency',
] as const;
export type FurtherRoute = (typeof FURTHER_ROUTES)[number];

/** Where somebody else has to take the matter, as an outcome or besides one. Advice is given with the decision: nobody has to have it. */
export const ROUTES = ['adult_risk_management', 'care_act_assessment', 'quality_team', 'other_authority', 'case_management', 'review', 'other_council_service', 'external_agency'] as const satisfies readonly FurtherRoute[];
export type Route = (typeof ROUTES)[number];

export const NOT_SAFEGUARDING_REASONS = [
  'care_needs_only',
  'quality_of_care',
  'no_care_and_support_needs',
  'no_abuse_or_neglect_identified',
  'already_known',
  'other_authority',
] as const;
export type NotSafeguardingReason = (typeof NOT_SAFEGUARDING_REASONS)[number];

/** What a file may be. */
export const FILE_KINDS = ['pdf', 'jpeg', 'png', 'heic', 'text'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What a scanner came to. */
export const FILE_VERDICTS = ['clean', 'refused'] as const;
export type FileVerdict = (typeof FILE_VERDICTS)[number];

/** How something is sent to somebody. */
export const WAYS = ['email', 'text'] as const;
export type Way = (typeof WAYS)[number];

/** How whoever raised a concern reads what was written to them: sent to them, or on their own page where they sign in. */
export const MESSAGE_WAYS = [...WAYS, 'page'] as const;
export type MessageWay = (typeof MESSAGE_WAYS)[number];

/** Why whoever raised a concern gets no notice that more is wanted: they may be causing the harm; they have no page to look at; nobody carries messages here; they gave no way; it could be dangerous; or they did not say that it is safe, or how, and nobody has read that it is. */
export const NO_NOTICE_REASONS = ['may_be_source', 'no_page', 'nobody_sends', 'no_contact', 'contact_unsafe', 'wishes_unread'] as const;
export type NoNoticeReason = (typeof NO_NOTICE_REASONS)[number];

/** Why a message did not arrive: its address was not taken; nobody was reached there; whoever carries it would not have it; it came out meanwhile that they may be causing the harm; or, of a notice alone, the concern was decided meanwhile. */
export const NOT_SENT_REASONS = ['address_refused', 'not_delivered', 'refused', 'may_be_source', 'decided'] as const;
export type NotSentReason = (typeof NOT_SENT_REASONS)[number];
