import { codes } from '#libs/contracts';
import { codeInWords } from '#libs/pages';

/** What can be chosen in the form: every code with the words that a person reads. */
const ABUSE: Record<string, string> = {
  physical: 'Physical abuse',
  sexual: 'Sexual abuse',
  psychological: 'Psychological or emotional abuse',
  financial_or_material: 'Financial or material abuse',
  discriminatory: 'Discriminatory abuse',
  organisational: 'Organisational abuse',
  neglect_and_acts_of_omission: 'Neglect, or care not given',
  domestic: 'Domestic abuse',
  sexual_exploitation: 'Sexual exploitation',
  modern_slavery: 'Modern slavery',
  self_neglect: 'Self-neglect',
};
const PLACES: Record<string, string> = {
  own_home: 'Their own home',
  community: 'In the community',
  community_service: 'A community service',
  care_home_nursing: 'A nursing home',
  care_home_residential: 'A residential care home',
  hospital_acute: 'A general hospital',
  hospital_mental_health: 'A mental health hospital',
  hospital_community: 'A community hospital',
  other: 'Somewhere else',
};
const SOURCES: Record<string, string> = {
  service_provider: 'Somebody paid to care for them, or a service',
  known_to_individual: 'Somebody they know',
  unknown_to_individual: 'A stranger',
};
const REFERRERS: Record<string, string> = {
  care_home: 'A care home',
  home_care: 'A home care service',
  nhs_acute: 'NHS: general hospital',
  nhs_community: 'NHS: community or GP',
  nhs_mental_health: 'NHS: mental health',
  ambulance: 'The ambulance service',
  police: 'The police',
  housing: 'Housing',
  local_authority: 'A council',
  voluntary_sector: 'A voluntary organisation',
  family_or_friend: 'Family, friend or neighbour',
  self: 'I am the person at risk',
  other: 'Other',
};

export interface Choice {
  value: string;
  text: string;
}

const choices = (values: readonly string[], words: Record<string, string>): Choice[] =>
  values.map((value) => ({ value, text: words[value] ?? sentence(value) }));

const sentence = (code: string): string => codeInWords(code.charAt(0).toUpperCase() + code.slice(1));

/** A kind of abuse as a person reads it. */
export const abuseInWords = (code: string): string => ABUSE[code] ?? codeInWords(code);

export const abuseTypes = choices(codes.abuseType.options, ABUSE);
export const places = choices(codes.location.options, PLACES);
export const sourcesOfRisk = choices(codes.sourceOfRisk.options, SOURCES);
export const referrerTypes = choices(codes.referrerType.options, REFERRERS);
export const genders = choices(codes.gender.exclude(['not_recorded']).options, { other: 'Another gender' });
export const ethnicities = choices(codes.ethnicity.exclude(['not_recorded']).options, { white_british: 'White British', white_other: 'White, other', refused: 'They would rather not say' });
export const supportReasons = choices(codes.primarySupportReason.exclude(['not_recorded']).options, {
  physical_support: 'Physical help: moving, washing, eating',
  sensory_support: 'Sight or hearing',
  memory_and_cognition: 'Memory or dementia',
  learning_disability: 'A learning disability',
  mental_health: 'Mental health',
  social_support: 'Loneliness, drugs or alcohol, caring for somebody',
  none: 'None that I know of',
});
export const whose: Choice[] = [
  { value: 'self', text: 'It is about me' },
  { value: 'other', text: 'It is about somebody else' },
];
export const yesNo: Choice[] = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];
export const yesNoNotSure: Choice[] = [...yesNo, { value: 'not_sure', text: 'I am not sure' }];
export const othersAtRisk: Choice[] = [
  { value: 'adults', text: 'Other adults' },
  { value: 'children', text: 'Children' },
  { value: 'nobody', text: 'Nobody that I know of' },
];
export const wishesAsked: Choice[] = [
  { value: 'asked_and_expressed', text: 'They were asked, and said what they want' },
  { value: 'asked_not_expressed', text: 'They were asked, and did not say' },
  { value: 'could_not_ask', text: 'Nobody could ask them' },
  { value: 'not_asked', text: 'They have not been asked' },
];
export const consent: Choice[] = [
  { value: 'yes', text: 'Yes, and they agree' },
  { value: 'no', text: 'Yes, and they do not agree' },
  { value: 'not_asked', text: 'No, nobody has told them' },
];
/** Who is told, by the area in which somebody lives. */
export const councils: Record<string, string> = { E06000062: 'West Northamptonshire Council', E06000061: 'North Northamptonshire Council' };
/** Where it is not known, the West takes it and passes it on. */
export const areas: Choice[] = [
  { value: 'E06000062', text: 'West Northamptonshire: Daventry, Northampton, South Northamptonshire' },
  { value: 'E06000061', text: 'North Northamptonshire: Corby, East Northamptonshire, Kettering, Wellingborough' },
  { value: 'not_sure', text: 'I am not sure' },
];
