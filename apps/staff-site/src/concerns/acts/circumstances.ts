import { z } from 'zod';
import type { FormError } from '#libs/pages';
import type { Circumstances } from '../shapes.js';
import { capacities, consentAnswers, difficulties, overridingGrounds, protections, supports } from '../words.js';
import { choices, errorsOf, filled, several, text } from './act.js';

/** Stands for "nothing is known yet" of support; it is not sent. */
const notKnown = 'not_known';

export const circumstancesShape = {
  protection: text, protection_words: text,
  capacity: text, capacity_words: text,
  consent: text, consent_ground: text, consent_words: text,
  difficulties: several, support: text, support_words: text,
};
type Typed = z.infer<z.ZodObject<typeof circumstancesShape>>;

/** Which field a rule on how the person stands is about. */
export const circumstancesFields = {
  'concern/protection-words-required': 'protection_words',
  'concern/capacity-reason-required': 'capacity_words',
  'concern/consent-ground-required': 'consent_ground',
  'concern/consent-ground-unexpected': 'consent_ground',
  'concern/consent-words-required': 'consent_words',
  'concern/consent-contradicts-capacity': 'consent',
  'concern/advocacy-support-required': 'support',
  'concern/advocacy-difficulty-required': 'difficulties',
  'concern/advocacy-words-required': 'support_words',
} as const;

/** What is missing of what was done at once; a decision leaves it not unanswered. */
export const protectionErrors = ({ protection, protection_words: words }: Typed, isDecided: boolean): FormError[] =>
  errorsOf([
    isDecided && protection === '' && { text: 'Say what was done at once to keep the person safe', href: '#protection' },
    protection === 'taken' && words === '' && { text: 'Say what was done to keep the person safe', href: '#protection_words' },
    protection === 'not_taken' && words === '' && { text: 'Say why nothing has been done yet to keep the person safe', href: '#protection_words' },
  ]);

/** What is missing of how the person stands: can they decide, do they agree, who helps them. Each has an answer for what is not known. */
export const personErrors = (typed: Typed, isDecided: boolean): FormError[] => [
  ...capacityErrors(typed, isDecided),
  ...consentErrors(typed, isDecided),
  ...supportErrors(typed, isDecided),
];

const capacityErrors = ({ capacity, capacity_words: words }: Typed, isDecided: boolean): FormError[] =>
  errorsOf([
    isDecided && capacity === '' && { text: 'Say whether the person has the mental capacity to decide about this', href: '#capacity' },
    capacity === 'lacks_capacity' && words === '' && { text: 'Say how it was shown that the person lacks capacity for this decision', href: '#capacity_words' },
    capacity === 'not_assessed' && words === '' && { text: 'Say why the person’s capacity has not been assessed', href: '#capacity_words' },
  ]);

const consentErrors = ({ consent, consent_ground: ground, consent_words: words }: Typed, isDecided: boolean): FormError[] =>
  errorsOf([
    isDecided && consent === '' && { text: 'Say whether the person agrees that the council acts', href: '#consent' },
    consent === 'refused_overridden' && ground === '' && { text: 'Choose the ground on which the council goes on although the person does not agree', href: '#consent_ground' },
    consent === 'refused_overridden' && words === '' && { text: 'Say why that ground outweighs what the person said', href: '#consent_words' },
    consent === 'not_asked_other' && words === '' && { text: 'Say why the person was not asked whether they agree', href: '#consent_words' },
  ]);

const supportErrors = ({ difficulties: some, support, support_words: words }: Typed, isDecided: boolean): FormError[] =>
  errorsOf([
    !['', notKnown, 'not_needed'].includes(support) && some.length === 0 && { text: 'Choose in what the person would have substantial difficulty', href: '#difficulties' },
    ['not_needed', notKnown].includes(support) && some.length > 0 && { text: 'The person would have substantial difficulty in taking part: say who supports them', href: '#support' },
    (isDecided || some.length > 0) && support === '' && { text: 'Say who helps the person to take part', href: '#support' },
    support === 'appropriate_person' && words === '' && { text: 'Say who the appropriate person is', href: '#support_words' },
    support === 'needed_not_available' && words === '' && { text: 'Say what is being done to find an advocate', href: '#support_words' },
  ]);

export function circumstancesPayload(typed: Typed): object {
  const { protection, capacity, consent, support } = typed;
  return filled({
    protection: protection && { answer: protection, ...filled({ words: typed.protection_words }) },
    mentalCapacity: capacity && { answer: capacity, ...filled({ words: typed.capacity_words }) },
    consent: consent && { answer: consent, ...filled({ ground: consent === 'refused_overridden' ? typed.consent_ground : '', words: typed.consent_words }) },
    advocacy: ['', notKnown].includes(support) ? '' : { difficulties: typed.difficulties.filter((one) => one in difficulties), support, ...filled({ words: typed.support_words }) },
  });
}

export const circumstancesItems = (typed: Typed): object => ({
  protections: choices(protections, typed.protection),
  capacities: choices(capacities, typed.capacity),
  consents: choices(consentAnswers, typed.consent),
  grounds: [{ value: '', text: 'Does not apply' }, ...choices(overridingGrounds)].map((item) => ({ ...item, selected: item.value === typed.consent_ground })),
  difficulties: choices(difficulties, ...typed.difficulties),
  supports: choices({ ...supports, [notKnown]: 'Not known yet' }, typed.support),
});

/** As the form has it what was said before. */
export function circumstancesTyped({ protection, mentalCapacity, consent, advocacy }: Circumstances): Partial<Typed> {
  return {
    protection: protection?.answer ?? '', protection_words: protection?.words ?? '',
    capacity: mentalCapacity?.answer ?? '', capacity_words: mentalCapacity?.words ?? '',
    consent: consent?.answer ?? '', consent_ground: consent?.ground ?? '', consent_words: consent?.words ?? '',
    difficulties: advocacy?.difficulties ?? [], support: advocacy?.support ?? '', support_words: advocacy?.words ?? '',
  };
}
