import { z } from 'zod';
import type { FormError } from '#libs/pages';
import type { Circumstances } from '../shapes.js';
import { capacities, consentAnswers, difficulties, overridingGrounds, protections, supports } from '../words.js';
import { choices, errorsOf, filled, several, text } from './act.js';

export const circumstancesShape = {
  protection: text, protection_words: text,
  capacity: text, capacity_words: text,
  consent: text, consent_ground: text, consent_words: text,
  difficulties: several, support: text, support_words: text,
};
type Typed = z.infer<z.ZodObject<typeof circumstancesShape>>;

/** Which field a rule on how the person stands is about. */
export const circumstancesFields = {
  'concern/protection-required': 'protection',
  'concern/protection-words-required': 'protection_words',
  'concern/capacity-required': 'capacity',
  'concern/capacity-reason-required': 'capacity_words',
  'concern/consent-required': 'consent',
  'concern/consent-ground-required': 'consent_ground',
  'concern/consent-ground-unexpected': 'consent_ground',
  'concern/consent-words-required': 'consent_words',
  'concern/consent-contradicts-capacity': 'consent',
  'concern/advocacy-required': 'support',
  'concern/advocacy-support-required': 'support',
  'concern/advocacy-difficulty-required': 'difficulties',
  'concern/advocacy-words-required': 'support_words',
} as const;

/** What was written of what was done at once without an answer to it: there is nowhere to keep it. */
export const unplacedProtection = ({ protection, protection_words: words }: Typed): FormError[] =>
  errorsOf([protection === '' && words !== '' && { text: 'You wrote what was done at once, and no answer: choose one', href: '#protection' }]);

/** The same of how the person stands. Each question has an answer for what is not known. */
export const unplacedStanding = (typed: Typed): FormError[] =>
  errorsOf([
    typed.capacity === '' && typed.capacity_words !== '' && { text: 'You wrote of the person’s mental capacity, and no answer: choose one', href: '#capacity' },
    typed.consent === '' && (typed.consent_words !== '' || typed.consent_ground !== '') && { text: 'You wrote of whether the person agrees, and no answer: choose one', href: '#consent' },
    typed.support === '' && (typed.support_words !== '' || typed.difficulties.length > 0) && { text: 'You said how the person takes part, and not who helps them: choose one, which may be that it is not known yet', href: '#support' },
  ]);

export function circumstancesPayload(typed: Typed): object {
  const { protection, capacity, consent, support } = typed;
  return filled({
    protection: protection && { answer: protection, ...filled({ words: typed.protection_words }) },
    mentalCapacity: capacity && { answer: capacity, ...filled({ words: typed.capacity_words }) },
    consent: consent && { answer: consent, ...filled({ ground: typed.consent_ground, words: typed.consent_words }) },
    advocacy: support && { difficulties: typed.difficulties.filter((one) => one in difficulties), support, ...filled({ words: typed.support_words }) },
  });
}

export const circumstancesItems = (typed: Typed): object => ({
  protections: choices(protections, typed.protection),
  capacities: choices(capacities, typed.capacity),
  consents: choices(consentAnswers, typed.consent),
  grounds: [{ value: '', text: 'Does not apply' }, ...choices(overridingGrounds)].map((item) => ({ ...item, selected: item.value === typed.consent_ground })),
  difficulties: choices(difficulties, ...typed.difficulties),
  supports: choices(supports, typed.support),
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
