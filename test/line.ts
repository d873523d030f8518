/** What the journeys send: valid, invented, and changed one field at a time. */
export const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(new Date());

export const raise = {
  authority: 'E06000062',
  channel: 'telephone',
  worry: 'Bruises on both arms; she says she fell. (An invented account.)',
  person: { givenName: 'Testa', familyName: 'Inventedname', dateOfBirth: '1940-02-29', postcode: 'NN1 1AA' },
  referrer: { email: 'someone@example.org', type: 'care_home' },
  abuseTypes: ['physical'],
  wishes: { asked: 'asked_and_expressed', words: 'To stay where I am.' },
};

const yes = (reason: string) => ({ answer: 'yes', reason });
export const decision = {
  limbs: { needs: yes('Needs help to wash and dress.'), risk: yes('Unexplained bruises.'), unable: yes('Cannot leave her room unaided.') },
  outcome: 's42_enquiry',
  reason: 'All three limbs are met.',
  circumstances: {
    protection: { answer: 'taken', words: 'A colleague stays with her.' },
    mentalCapacity: { answer: 'has_capacity' },
    consent: { answer: 'given' },
    advocacy: { difficulties: [], support: 'not_needed' },
  },
  sarReferral: false,
};

export const conclusion = {
  outcomesAsked: 'asked_and_expressed',
  outcomesAchieved: 'fully_achieved',
  mentalCapacity: 'has_capacity',
  advocate: 'no',
  risks: [{ typeOfRisk: 'physical', sourceOfRisk: 'service_provider', location: 'care_home_residential', riskAssessmentOutcome: 'A1', riskOutcome: 'removed' }],
  action: { isNeeded: true, words: 'The home trains its staff; the council visits in a month.' },
  sarReferral: false,
};
