import type { TextRef } from '#libs/decider';

import type { Outcome } from './codes.js';
import { needsWords, refuse } from './refuse.js';

/**
 * Care Act 2014, s.42(1): (a) needs for care and support, (b) experiencing or at risk of abuse or neglect,
 * (c) because of those needs unable to protect themselves.
 */
export const LIMBS = ['needs', 'risk', 'unable'] as const;
export type LimbName = (typeof LIMBS)[number];

export const LIMB_ANSWERS = ['yes', 'no', 'cannot_yet_tell'] as const;
export type LimbAnswer = (typeof LIMB_ANSWERS)[number];

/** Null answers stand only in decisions made elsewhere, where the old system does not tell. */
export interface Limb {
  answer: LimbAnswer | null;
  reason: TextRef | null;
}

export type Limbs = Record<LimbName, Limb>;

const ASKS: Record<LimbName, string> = {
  needs: 'whether the person has needs for care and support',
  risk: 'whether they are experiencing, or at risk of, abuse or neglect',
  unable: 'whether their needs keep them from protecting themselves',
};

/** The limbs of an imported decision, which come without reasons. */
export function legacyLimbs(answers: Record<LimbName, 'yes' | 'no' | null>): Limbs {
  const { needs, risk, unable } = answers;
  return { needs: { answer: needs, reason: null }, risk: { answer: risk, reason: null }, unable: { answer: unable, reason: null } };
}

/** Refuses an outcome that the three answers do not allow. The test is these three and no other: harm need not be significant. */
export function needsLimbsToAllow(limbs: Limbs, outcome: Outcome): void {
  for (const name of LIMBS) needsAnswer(name, limbs[name]);
  const allYes = LIMBS.every((name) => limbs[name].answer === 'yes');
  if (allYes && outcome !== 's42_enquiry')
    refuse(
      'concern/limbs-require-s42-enquiry',
      'All three questions are answered yes, so the council must make a section 42 enquiry. Choose that outcome, or look again at the answer you doubt.',
    );
  if (!allYes && outcome === 's42_enquiry')
    refuse(
      'concern/limbs-exclude-s42-enquiry',
      'One of the three questions is answered no, so this cannot be a section 42 enquiry. If an enquiry is still needed, choose an other enquiry and say why.',
    );
}

/** A section 42 enquiry on an explicit no is a contradiction, wherever it was decided. */
export function needsNoContradiction(limbs: Limbs, outcome: Outcome): void {
  if (outcome === 's42_enquiry' && hasNo(limbs, LIMBS))
    refuse('concern/limbs-exclude-s42-enquiry', 'This record was decided as a section 42 enquiry although one of the three questions is answered no.');
}

/** Is any of these limbs answered no? */
export function hasNo(limbs: Limbs, names: readonly LimbName[]): boolean {
  return names.some((name) => limbs[name].answer === 'no');
}

/** Refuses an answer without its reason and a reason without its answer, of those that are there so far. */
export function needsWholeSoFar(limbs: Limbs): void {
  for (const name of LIMBS) {
    const { answer, reason } = limbs[name];
    if (answer === null && reason !== null)
      refuse('concern/limb-answer-required', `You wrote how you judged ${ASKS[name]}, and no answer. Choose one, which may be that it cannot be told yet.`);
    if (answer !== null) needsWords(reason, 'concern/limb-reason-required', `Say how you judged ${ASKS[name]}, or what keeps it from being told yet.`);
  }
}

function needsAnswer(name: LimbName, limb: Limb): void {
  if (limb.answer === null || limb.answer === 'cannot_yet_tell')
    refuse(
      'concern/limb-undecided',
      `It cannot be told yet ${ASKS[name]}, so this cannot be decided. Ask for what you need to know; the clocks go on meanwhile.`,
    );
  needsWords(limb.reason, 'concern/limb-reason-required', `Say how you judged ${ASKS[name]}.`);
}
