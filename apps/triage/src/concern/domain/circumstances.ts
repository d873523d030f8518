import { type Day, type Instant, londonDay } from '#libs/calendar';
import type { Refusal, TextRef } from '#libs/decider';

import { wrongIn } from './refuse.js';

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
export const SUPPORTS = ['not_needed', 'appropriate_person', 's68_advocate', 'imca', 'needed_not_available', 'not_known'] as const;
export type Support = (typeof SUPPORTS)[number];

export interface Consent {
  answer: ConsentAnswer;
  ground: OverridingGround | null;
  words: TextRef | null;
}

export interface Advocacy {
  /** None: they need nobody, or it is not known. */
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

/** Whether it is said if the person agrees; why nobody asked them says nothing of that. */
export function isConsentKnown(circumstances: Circumstances | undefined): boolean {
  const answer = circumstances?.consent?.answer;
  return answer !== undefined && !answer.startsWith('not_asked');
}

/** From this day on a decision says how the person stands, and whether it goes to the board. Until then nobody was asked. */
export const SAID_FROM: Day = '2026-11-22';

export const isToBeSaid = (at: Instant): boolean => londonDay(at) >= SAID_FROM;

/** What is wrong with what was done at once; where it has to be said, saying nothing is. */
export const wrongInProtection = ({ protection }: Circumstances, hasToBeSaid: boolean): Refusal[] =>
  wrongIn(
    [hasToBeSaid && protection === null, 'concern/protection-required', 'Say what was done at once to keep the person safe.'],
    [protection?.answer === 'taken' && protection.words === null, 'concern/protection-words-required', 'Say what was done at once to keep the person safe.'],
    [protection?.answer === 'not_taken' && protection.words === null, 'concern/protection-words-required', 'Say why nothing has been done yet to keep the person safe.'],
  );

/** What is wrong with the rest: half an answer, answers that contradict each other and, where they have to be said, those left out. */
export const wrongInStanding = (said: Circumstances, hasToBeSaid: boolean): Refusal[] => [
  ...wrongInCapacity(said, hasToBeSaid),
  ...wrongInConsent(said, hasToBeSaid),
  ...wrongInAdvocacy(said, hasToBeSaid),
];

const wrongInCapacity = ({ mentalCapacity }: Circumstances, hasToBeSaid: boolean): Refusal[] =>
  wrongIn(
    [hasToBeSaid && mentalCapacity === null, 'concern/capacity-required', 'Say whether the person has the mental capacity to decide about this, or that it has not been assessed.'],
    [mentalCapacity?.answer === 'lacks_capacity' && mentalCapacity.words === null, 'concern/capacity-reason-required', 'Say how it was shown that the person lacks capacity for this decision. Until it is shown, they have it.'],
    [mentalCapacity?.answer === 'not_assessed' && mentalCapacity.words === null, 'concern/capacity-reason-required', 'Say why the person’s mental capacity has not been assessed.'],
  );

/** Only somebody with capacity gives or refuses consent; for somebody who lacks it the council acts in their best interests. */
function wrongInConsent({ consent, mentalCapacity }: Circumstances, hasToBeSaid: boolean): Refusal[] {
  const { answer, ground = null, words = null } = consent ?? {};
  const isOverridden = answer === 'refused_overridden';
  const isOwn = isOverridden || answer === 'given' || answer === 'refused_respected';
  const capacity = mentalCapacity?.answer;
  return wrongIn(
    [hasToBeSaid && consent === null, 'concern/consent-required', 'Say whether the person agrees that the council acts, or why nobody asked.'],
    [isOverridden && ground === null, 'concern/consent-ground-required', 'Choose the ground on which the council goes on although the person does not agree.'],
    [!isOverridden && ground !== null, 'concern/consent-ground-unexpected', 'A ground for going on without agreement is given, but not that the person refused it. Take one of them out.'],
    [isOverridden && words === null, 'concern/consent-words-required', 'Say why that ground outweighs what the person said.'],
    [answer === 'not_asked_other' && words === null, 'concern/consent-words-required', 'Say why the person was not asked whether they agree.'],
    [isOwn && capacity === 'lacks_capacity', 'concern/consent-contradicts-capacity', 'Somebody who lacks capacity for this decision can neither agree nor refuse. Choose best interests, or look again at their capacity.'],
    [answer === 'lacks_capacity_best_interests' && capacity !== undefined && capacity !== 'lacks_capacity', 'concern/consent-contradicts-capacity', 'Best interests are for somebody who lacks capacity for this decision, and that is not recorded. Look again at one of the two.'],
  );
}

function wrongInAdvocacy({ advocacy }: Circumstances, hasToBeSaid: boolean): Refusal[] {
  const { difficulties = [], support, words = null } = advocacy ?? {};
  const hasNobody = support === 'not_needed' || support === 'not_known';
  return wrongIn(
    [hasToBeSaid && advocacy === null, 'concern/advocacy-required', 'Say who helps the person to take part, or that it is not known yet.'],
    [difficulties.length > 0 && hasNobody, 'concern/advocacy-support-required', 'The person would have substantial difficulty in taking part. Say who supports them: an appropriate person, or the council must arrange an advocate.'],
    [difficulties.length === 0 && support !== undefined && !hasNobody, 'concern/advocacy-difficulty-required', 'Say in what the person would have substantial difficulty, or that they need no support.'],
    [support === 'appropriate_person' && words === null, 'concern/advocacy-words-required', 'Say who the appropriate person is. It is nobody who is paid to care for them, and nobody who may be causing the harm.'],
    [support === 'needed_not_available' && words === null, 'concern/advocacy-words-required', 'Say what is being done to find an advocate. The duty to arrange one remains.'],
  );
}
