import { codeInWords, listInWords } from '#libs/pages';
import { sentence } from '../words.js';
import type { Account } from './account.js';

/** What else was said, in the order in which it is read: of what happened, and of the person. */
const ofConcern = {
  when: 'When',
  place: 'Which place, in their words',
  known: 'How they know',
  alleged: 'Who may be causing it',
  done: 'What has been done',
  policeTold: 'Police told',
  policeReference: 'Police or incident number',
  othersAtRisk: 'Who else is at risk',
  others: 'About the others',
  onWishes: 'On what they want',
  onConsent: 'On whether they know',
  capacity: 'Can they decide this',
  advocate: 'Who speaks for them',
  ownReference: 'Their own number',
};
const ofPerson = {
  age: 'About how old',
  personContact: 'How to reach them safely',
  needs: 'Health, and how to talk with them',
  circle: 'Who is around them',
  services: 'Services',
  died: 'Died',
};
/** Which council's area it is: said here only where whoever raised it did not know, and it came to one all the same. */
const areas: Record<string, string> = {
  not_sure: 'Whoever raised it was not sure which council’s area it is',
  not_said: 'Whoever raised it did not say which council’s area it is',
};
const codes = new Set(['policeTold', 'othersAtRisk', 'capacity']);

type Fact = [string, string | undefined];

const facts = (labels: Record<string, string>, details: Account['details']): Fact[] => Object.entries(labels).map(([name, label]) => [label, inWords(name, details[name])]);

function inWords(name: string, said: string | string[] | undefined): string | undefined {
  const words = [said ?? []].flat();
  return (codes.has(name) ? sentence(listInWords(words.map(codeInWords))) : words.join(', ')) || undefined;
}

/** The place as whoever raised it wrote it. */
export const placeAsSaid = (said: Account | undefined): string | undefined => inWords('place', said?.details['place']);

/** What else was said of what happened. */
export const concernDetails = (said: Account | undefined): Fact[] => facts(ofConcern, said?.details ?? {});

/** What else was said of the person, by whoever raised it. */
export const personDetails = (said: Account | undefined): Fact[] => [['Council’s area', areas[inWords('area', said?.details['area']) ?? '']], ...facts(ofPerson, said?.details ?? {})];
