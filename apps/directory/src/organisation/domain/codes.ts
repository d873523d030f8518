/** As the extract names whoever raises a concern, less those who are no organisation. */
export const ORGANISATION_KINDS = [
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
  'other',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];
