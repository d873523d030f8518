/** What a concern may come without and is asked for later, to follow "we do not know yet". */
export const missingItems: Record<string, string> = {
  person_name: 'the person’s name',
  person_date_of_birth: 'their date of birth',
  person_address: 'where they live',
  area: 'which council’s area they live in',
  what_happened: 'what happened',
  when_it_happened: 'when it happened',
  abuse_types: 'the kind of abuse',
  location_type: 'where it happened',
  source_of_risk: 'who may be causing harm',
  immediate_risk: 'whether they are in danger now',
  action_taken: 'what has been done',
  wishes: 'what the person wants',
  consent: 'whether they know and agree',
  referrer_contact: 'how to reach whoever raised it',
};
