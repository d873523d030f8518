/** What a column may hold: words, a time, a date, one code of a list, or several. */
export type Kind = 'text' | 'time' | 'date' | { one: string[] } | { some: string[] };

export type FileName = 'people' | 'concerns' | 'enquiries' | 'dols';

/** The order in which the files are judged. */
export const fileNames: FileName[] = ['people', 'concerns', 'enquiries', 'dols'];

export const referenceOf: Record<FileName, string> = {
  people: 'person_ref', concerns: 'concern_ref', enquiries: 'enquiry_ref', dols: 'application_ref',
};

export const requiredOf: Record<FileName, string[]> = {
  people: ['person_ref'],
  concerns: ['concern_ref', 'authority', 'person_ref', 'received_at'],
  enquiries: ['enquiry_ref', 'concern_ref', 'opened_at'],
  dols: ['application_ref', 'authority', 'person_ref', 'received_at', 'kind'],
};

/** The lists of people.csv: a code outside them is flagged, never refused. */
export const flaggedLists: Record<string, string[]> = {
  gender: words('female male other not_recorded'),
  ethnicity: words('white_british white_other asian black mixed other refused not_recorded'),
  primary_support_reason: words('physical_support sensory_support memory_and_cognition learning_disability mental_health social_support none not_recorded'),
};

const authority: Kind = { one: ['E06000062', 'E06000061'] };
const yesOrNo: Kind = { one: ['yes', 'no'] };

/** Every column the page names. */
export const columnsOf: Record<FileName, Record<string, Kind>> = {
  people: texts('person_ref given_name family_name date_of_birth nhs_number gender ethnicity primary_support_reason postcode local_area'),
  concerns: {
    ...texts('concern_ref person_ref referrer_org narrative triaged_by triage_reason'),
    authority,
    received_at: 'time',
    triaged_at: 'time',
    channel: { one: words('online email telephone police_notification other') },
    referrer_type: { one: words('care_home home_care nhs_acute nhs_community nhs_mental_health ambulance police housing local_authority voluntary_sector family_or_friend self other') },
    abuse_types: { some: words('physical sexual psychological financial_or_material discriminatory organisational neglect_and_acts_of_omission domestic sexual_exploitation modern_slavery self_neglect') },
    location_type: { one: words('own_home community community_service care_home_nursing care_home_residential hospital_acute hospital_mental_health hospital_community other') },
    source_of_risk: { one: words('service_provider known_to_individual unknown_to_individual') },
    immediate_risk: yesOrNo,
    triage_outcome: { one: words('s42_enquiry other_enquiry adult_risk_management care_act_assessment quality_team other_authority no_further_action') },
    threshold_needs: yesOrNo,
    threshold_risk: yesOrNo,
    threshold_unable: yesOrNo,
    not_safeguarding_reason: { one: words('care_needs_only quality_of_care no_care_and_support_needs no_abuse_or_neglect_identified already_known other_authority') },
  },
  enquiries: {
    ...texts('enquiry_ref concern_ref team allocated_to'),
    opened_at: 'time',
    allocated_at: 'time',
    concluded_at: 'time',
    conducted_by: { one: words('local_authority care_provider nhs police other') },
    outcomes_asked: { one: words('asked_and_expressed asked_not_expressed not_asked not_known not_recorded') },
    outcomes_achieved: { one: words('fully_achieved partially_achieved not_achieved') },
    mental_capacity: { one: words('lacks_capacity has_capacity not_known not_recorded') },
    advocate: yesOrNo,
    risk_outcome: { one: words('removed reduced remained no_risk_identified') },
  },
  dols: {
    ...texts('application_ref person_ref managing_authority best_interests_assessor'),
    authority,
    received_at: 'time',
    allocated_at: 'time',
    decided_at: 'time',
    authorised_from: 'date',
    authorised_to: 'date',
    kind: { one: words('new renewal') },
    urgent: yesOrNo,
    setting: { one: words('care_home_residential care_home_nursing hospital_acute hospital_mental_health hospital_community') },
    priority: { one: words('high medium low') },
    outcome: { one: words('granted not_granted withdrawn died moved') },
  },
};

function words(list: string): string[] {
  return list.split(' ');
}

function texts(list: string): Record<string, Kind> {
  return Object.fromEntries(words(list).map((name) => [name, 'text' as const]));
}
