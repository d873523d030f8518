import { type Besides, besides } from './besides.js';
import { abuseTypes, areas, consent, ethnicities, genders, othersAtRisk, places, referrerTypes, sourcesOfRisk, supportReasons, whose, wishesAsked, yesNoNotSure } from './choices.js';
import type { Field } from './field.js';

/** What a step asks: first what matters most, then what is there to be opened. */
interface Questions {
  fields: Field[];
  folds?: Fold[];
}

/** Questions under one title. */
export interface Fold {
  title: string;
  fields: Field[];
}

export const person: Questions = {
  fields: [
    { kind: 'one', name: 'whose', label: 'Is it about you, or somebody else?', short: 'Who it is about', choices: whose },
    { kind: 'line', name: 'given_name', label: 'First name', width: 20 },
    { kind: 'line', name: 'family_name', label: 'Last name', width: 20 },
    { kind: 'born', label: 'Date of birth', hint: 'For example, 27 3 1941 or 27 March 1941' },
    { kind: 'one', name: 'authority', label: 'Which area do they live in?', short: 'Area', choices: areas },
  ],
  folds: [{
    title: 'Where they live, and more about them, if you know it',
    fields: [
      { kind: 'words', name: 'address', label: 'Where they live', rows: 3, most: 1_000 },
      { kind: 'line', name: 'postcode', label: 'Postcode', width: 10 },
      { kind: 'line', name: 'age', label: 'About how old they are, if you do not know their date of birth', short: 'About how old', width: 5 },
      { kind: 'words', name: 'person_contact', label: 'How to reach them safely', hint: 'A telephone number, when they are alone, what not to say to others', rows: 2 },
      { kind: 'line', name: 'nhs_number', label: 'NHS number', width: 10, input: { inputmode: 'numeric', spellcheck: false } },
      { kind: 'choose', name: 'gender', label: 'Gender', choices: genders },
      { kind: 'choose', name: 'ethnicity', label: 'Ethnic group', choices: ethnicities },
      { kind: 'choose', name: 'support_reason', label: 'What they mainly need support with', choices: supportReasons },
      { kind: 'words', name: 'needs', label: 'Their health, and how best to talk with them', hint: 'Illnesses, sight, hearing, language, an interpreter, religion', rows: 3 },
      { kind: 'words', name: 'circle', label: 'Who is around them', hint: 'GP, next of kin, carer, who lives with them, and which of them know of this', rows: 3 },
      { kind: 'words', name: 'services', label: 'Which services they have', hint: 'Such as home care or a care home, for how long, and who pays for it; whether the council knows them already', rows: 2 },
      { kind: 'line', name: 'died', label: 'If they have died, when', width: 20 },
    ],
  }],
};

export const whatHappened: Questions = {
  fields: [
    { kind: 'words', name: 'worry', label: 'What are you worried about?', hint: 'What you saw or were told, in your own words. A few words are enough', rows: 7 },
    { kind: 'line', name: 'when', label: 'When did it happen, or since when?', hint: 'A day and a time if you know them, or roughly' },
  ],
  folds: [{
    title: 'How you know, and what it did to them',
    fields: [{ kind: 'words', name: 'known', label: 'How do you know?', hint: 'Who saw it, injuries and where on the body, how they are since, earlier worries', rows: 4 }],
  }],
};

/** What else happened, each with a place and a source of its own. */
const alleged = ({ ordinal, kind, place, source }: Besides): Field[] => [
  { kind: 'choose', name: kind, label: `${ordinal}: what kind of abuse or neglect?`, short: `${ordinal}: kind of abuse or neglect`, choices: abuseTypes },
  { kind: 'choose', name: place, label: `${ordinal}: where does it happen?`, choices: places },
  { kind: 'choose', name: source, label: `${ordinal}: who may be causing it?`, choices: sourcesOfRisk },
];

export const harm: Questions = {
  fields: [
    { kind: 'few', name: 'abuse_types', label: 'What kind of abuse or neglect might it be?', hint: 'Choose any that fit, or none', short: 'Kind of abuse or neglect', choices: abuseTypes },
    { kind: 'choose', name: 'location_type', label: 'Where does it happen?', choices: places },
    { kind: 'line', name: 'place', label: 'Which place is that?', hint: 'Its name or address, such as the care home and the room', short: 'Which place' },
    { kind: 'choose', name: 'source_of_risk', label: 'Who may be causing the harm?', choices: sourcesOfRisk },
  ],
  folds: [{
    title: 'What you know of whoever may be causing it',
    fields: [{ kind: 'words', name: 'alleged', label: 'Who is it?', hint: 'Name, age, address; how they know each other, whether they lived together then and do now, whether they need care themselves, work with other adults, or a service failed; whether they know of this. Do not ask them', short: 'Whoever may be causing it', rows: 4 }],
  }, {
    title: 'Something else as well, somewhere else or by somebody else',
    fields: besides.flatMap(alleged),
  }],
};

export const safety: Questions = {
  fields: [
    { kind: 'one', name: 'immediate_risk', label: 'Are they in danger now?', hint: 'If they are, call 999 first', short: 'In danger now', choices: yesNoNotSure, isInline: true },
    { kind: 'words', name: 'done', label: 'What has been done to keep them safe?', short: 'What has been done', rows: 4 },
    { kind: 'one', name: 'police_told', label: 'Have the police been told?', short: 'Police told', choices: yesNoNotSure, isInline: true },
    { kind: 'line', name: 'police_reference', label: 'Police or incident number, if there is one', short: 'Police or incident number', width: 20 },
  ],
};

export const wishes: Questions = {
  fields: [
    { kind: 'one', name: 'consent', label: 'Do they know that you are telling us?', hint: 'You can raise a concern whatever the answer', choices: consent },
    { kind: 'words', name: 'consent_why', label: 'If they do not know or do not agree, is there anything we should know about that?', hint: 'For example: others are at risk too, somebody puts them under pressure, it is not safe to ask, they cannot decide this', short: 'If they do not know or agree', rows: 2 },
    { kind: 'one', name: 'wishes', label: 'Has anybody asked what they want to happen?', choices: wishesAsked },
    { kind: 'words', name: 'wishes_words', label: 'What they want, or why they were not asked', rows: 3 },
  ],
  folds: [{
    title: 'Whether they can decide, and who speaks for them',
    fields: [
      { kind: 'one', name: 'capacity', label: 'Can they decide this for themselves?', hint: 'If somebody assessed it because of this, say who and when with what they want', choices: yesNoNotSure, isInline: true },
      { kind: 'words', name: 'advocate', label: 'Who speaks for them, if anybody?', hint: 'Such as a relative, a friend or an advocate, and how to reach them', rows: 2 },
    ],
  }],
};

export const others: Questions = {
  fields: [
    { kind: 'few', name: 'others_at_risk', label: 'Who else is at risk?', hint: 'Choose any that fit', choices: othersAtRisk },
    { kind: 'words', name: 'others_words', label: 'Who are they, and what worries you?', hint: 'For a child: whether children’s services have been told, and by whom', short: 'About the others', rows: 3 },
  ],
};

export const you: Questions = {
  fields: [
    { kind: 'line', name: 'referrer_name', label: 'Your name', width: 20, input: { autocomplete: 'name' } },
    { kind: 'choose', name: 'referrer_type', label: 'Who are you, or who do you work for?', short: 'Who you are, or work for', choices: referrerTypes },
    { kind: 'line', name: 'referrer_role', label: 'Your role, or how you know them', hint: 'Such as district nurse, pharmacist, fire officer, neighbour', width: 20 },
    { kind: 'line', name: 'organisation', label: 'Organisation', hint: 'With its address, or your own, if we should write to you there', width: 20, input: { autocomplete: 'organization' } },
    { kind: 'line', name: 'email', label: 'Email', width: 20, input: { type: 'email', autocomplete: 'email', spellcheck: false } },
    { kind: 'line', name: 'phone', label: 'Telephone', width: 20, input: { type: 'tel', autocomplete: 'tel' } },
    { kind: 'one', name: 'contact_risky', label: 'Could it be dangerous for anybody if we email or ring you?', hint: 'If yes, or if you are not sure, nothing is sent to you, also no code to follow this online: ring us to hear how it goes on', short: 'Dangerous to email or ring you', choices: yesNoNotSure, isInline: true },
    { kind: 'words', name: 'safe_contact', label: 'How and when can we reach you safely?', hint: 'Such as mornings only, or only by email. A person reads it before they get in touch. If you answered No above, you can follow this online: you ask for a code, and we send it to you', short: 'How to reach you safely', rows: 2 },
  ],
  folds: [{
    title: 'Your own reference number, if your organisation has one',
    fields: [{ kind: 'line', name: 'own_reference', label: 'Your own reference number', hint: 'Such as a Datix or Merlin number', width: 20 }],
  }],
};
