import type { TextRef } from '#libs/decider';

import { needsWords, refuse } from './refuse.js';

/** What was done at once to keep the person safe. */
export const PROTECTION_ANSWERS = ['taken', 'not_needed', 'not_taken'] as const;
export type ProtectionAnswer = (typeof PROTECTION_ANSWERS)[number];

/** Mental Capacity Act 2005, ss.1 to 3: about this decision at this time, and assumed until shown otherwise. */
export const CAPACITY_ANSWERS = ['has_capacity', 'lacks_capacity', 'not_assessed'] as const;
export type CapacityAnswer = (typeof CAPACITY_ANSWERS)[number];

/** Whether the person agrees. It is recorded and stops nothing. */
export const CONSENT_ANSWERS = [
  'given',
  'refused_respected',
  'refused_overridden',
  'lacks_capacity_best_interests',
  'not_asked_unsafe',
  'not_asked_unable',
  'not_asked_other',
] as const;
export type ConsentAnswer = (typeof CONSENT_ANSWERS)[number];

/** Why the council goes on although the person refused. */
export const OVERRIDING_GROUNDS = ['serious_harm', 'coercion', 'others_at_risk', 'vital_or_public_interest'] as const;
export type OverridingGround = (typeof OVERRIDING_GROUNDS)[number];

/** Care Act 2014, ss.67 and 68: in which of these somebody would have substantial difficulty. */
export const DIFFICULTIES = ['understand', 'retain', 'weigh', 'communicate'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

/** Who supports them in taking part. */
export const SUPPORTS = ['not_needed', 'appropriate_person', 's68_advocate', 'imca', 'needed_not_available'] as const;
export type Support = (typeof SUPPORTS)[number];

export interface Consent {
  answer: ConsentAnswer;
  ground: OverridingGround | null;
  words: TextRef | null;
}

export interface Advocacy {
  /** None: they need nobody. */
  difficulties: Difficulty[];
  support: Support;
  words: TextRef | null;
}

/** How the person stands when a concern is judged, besides the limbs. Null: not said. */
export interface Circumstances {
  protection: { answer: ProtectionAnswer; words: TextRef | null } | null;
  mentalCapacity: { answer: CapacityAnswer; words: TextRef | null } | null;
  consent: Consent | null;
  advocacy: Advocacy | null;
}

export const NOTHING_SAID: Circumstances = { protection: null, mentalCapacity: null, consent: null, advocacy: null };

/** Is anything said of the circumstances at all? */
export const areSaid = (circumstances: Circumstances): boolean => Object.values(circumstances).some((part) => part !== null);

/** Refuses half an answer, and answers that contradict each other. None of them is asked for here. */
export function needsWholeCircumstances({ protection, mentalCapacity, consent, advocacy }: Circumstances): void {
  if (protection?.answer === 'taken') needsWords(protection.words, 'concern/protection-words-required', 'Say what was done at once to keep the person safe.');
  if (protection?.answer === 'not_taken')
    needsWords(protection.words, 'concern/protection-words-required', 'Say why nothing has been done yet to keep the person safe.');
  if (mentalCapacity?.answer === 'lacks_capacity')
    needsWords(mentalCapacity.words, 'concern/capacity-reason-required', 'Say how it was shown that the person lacks capacity for this decision. Until it is shown, they have it.');
  if (mentalCapacity?.answer === 'not_assessed')
    needsWords(mentalCapacity.words, 'concern/capacity-reason-required', 'Say why the person’s mental capacity has not been assessed.');
  if (consent) needsWholeConsent(consent);
  if (consent && mentalCapacity) needsAgreement(consent.answer, mentalCapacity.answer);
  if (advocacy) needsWholeAdvocacy(advocacy);
}

function needsWholeConsent({ answer, ground, words }: Consent): void {
  const isOverridden = answer === 'refused_overridden';
  if (isOverridden && ground === null)
    refuse('concern/consent-ground-required', 'Choose the ground on which the council goes on although the person does not agree.');
  if (!isOverridden && ground !== null)
    refuse('concern/consent-ground-unexpected', 'A ground for going on without agreement is given, but not that the person refused it. Take one of them out.');
  if (isOverridden) needsWords(words, 'concern/consent-words-required', 'Say why that ground outweighs what the person said.');
  if (answer === 'not_asked_other') needsWords(words, 'concern/consent-words-required', 'Say why the person was not asked whether they agree.');
}

/** Only somebody with capacity gives or refuses consent; for somebody who lacks it the council acts in their best interests. */
function needsAgreement(consent: ConsentAnswer, capacity: CapacityAnswer): void {
  const isOwn = ['given', 'refused_respected', 'refused_overridden'].includes(consent);
  if (isOwn && capacity === 'lacks_capacity')
    refuse('concern/consent-contradicts-capacity', 'Somebody who lacks capacity for this decision can neither agree nor refuse. Choose best interests, or look again at their capacity.');
  if (consent === 'lacks_capacity_best_interests' && capacity !== 'lacks_capacity')
    refuse('concern/consent-contradicts-capacity', 'Best interests are for somebody who lacks capacity for this decision, and that is not recorded. Look again at one of the two.');
}

function needsWholeAdvocacy({ difficulties, support, words }: Advocacy): void {
  if (difficulties.length > 0 && support === 'not_needed')
    refuse('concern/advocacy-support-required', 'The person would have substantial difficulty in taking part. Say who supports them: an appropriate person, or the council must arrange an advocate.');
  if (difficulties.length === 0 && support !== 'not_needed')
    refuse('concern/advocacy-difficulty-required', 'Say in what the person would have substantial difficulty, or that they need no support.');
  if (support === 'appropriate_person')
    needsWords(words, 'concern/advocacy-words-required', 'Say who the appropriate person is. It is nobody who is paid to care for them, and nobody who may be causing the harm.');
  if (support === 'needed_not_available')
    needsWords(words, 'concern/advocacy-words-required', 'Say what is being done to find an advocate. The duty to arrange one remains.');
}
