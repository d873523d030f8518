import type { Refusal, TextRef } from '#libs/decider';

import type { Outcome } from './codes.js';
import { refuse, wrongIn } from './refuse.js';

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

/** What keeps a decision from being made on these answers: each is needed, with its reason. While one cannot be told nothing is decided, whatever the others are. */
export const undecidedIn = (limbs: Limbs): Refusal[] =>
  LIMBS.flatMap((name) => {
    const { answer, reason } = limbs[name];
    const ask = ASKS[name];
    const although = hasNo(limbs, LIMBS) ? ', although another of the three is answered no: each has to be told' : '';
    return wrongIn(
      [answer === null, 'concern/limb-answer-required', `Say ${ask}.`, name],
      [answer === 'cannot_yet_tell', 'concern/limb-undecided', `It cannot be told yet ${ask}, so this cannot be decided${although}. Keep what can be told, and ask for what you need to know; the clocks go on meanwhile.`, name],
      [reason === null, 'concern/limb-reason-required', `Say how you judged ${ask}.`, name],
    );
  });

/** The same where nothing is decided: that it cannot be told yet is an answer then. */
export const unansweredIn = (limbs: Limbs): Refusal[] => undecidedIn(limbs).filter(({ code }) => code !== 'concern/limb-undecided');

/** What is wrong where none was chosen. */
export const outcomeRequired = ['concern/outcome-required', 'Choose an outcome.'] as const;

/** An outcome that the three answers do not allow. The test is these three and no other: harm need not be significant. */
export function wrongInOutcome(limbs: Limbs, outcome: Outcome | null): Refusal[] {
  const allYes = LIMBS.every((name) => limbs[name].answer === 'yes');
  const isElsewhere = outcome === 'other_authority';
  return wrongIn(
    [
      allYes && outcome !== null && outcome !== 's42_enquiry' && !isElsewhere,
      'concern/limbs-require-s42-enquiry',
      'All three questions are answered yes, so the council must make a section 42 enquiry. Choose that outcome, or look again at the answer you doubt.',
    ],
    [
      allYes && isElsewhere,
      'concern/limbs-require-s42-enquiry',
      'All three questions are answered yes, so this council must make a section 42 enquiry. Section 42(1) is about an adult in this council’s area: if they are not, answer (a) no and say so there. If they are, choose a section 42 enquiry; the other authority can be told besides.',
    ],
    [
      isExcluded(limbs, outcome),
      'concern/limbs-exclude-s42-enquiry',
      'One of the three questions is answered no, so this cannot be a section 42 enquiry. If an enquiry is still needed, choose “Other enquiry” and say why.',
    ],
  );
}

/** A section 42 enquiry, although one of the three is answered no. */
export const isExcluded = (limbs: Limbs, outcome: Outcome | null): boolean => outcome === 's42_enquiry' && hasNo(limbs, LIMBS);

/** A section 42 enquiry on an explicit no is a contradiction, wherever it was decided. */
export function needsNoContradiction(limbs: Limbs, outcome: Outcome): void {
  if (isExcluded(limbs, outcome))
    refuse('concern/limbs-exclude-s42-enquiry', 'This record was decided as a section 42 enquiry although one of the three questions is answered no.');
}

/** Is any of these limbs answered no? */
export function hasNo(limbs: Limbs, names: readonly LimbName[]): boolean {
  return names.some((name) => limbs[name].answer === 'no');
}

/** An answer without its reason and a reason without its answer, of those that are there so far. */
export const halfIn = (limbs: Limbs): Refusal[] =>
  LIMBS.flatMap((name) => {
    const { answer, reason } = limbs[name];
    return wrongIn(
      [answer === null && reason !== null, 'concern/limb-answer-required', `You wrote how you judged ${ASKS[name]}, and no answer. Choose one, which may be that it cannot be told yet.`, name],
      [answer !== null && reason === null, 'concern/limb-reason-required', `Say how you judged ${ASKS[name]}, or what keeps it from being told yet.`, name],
    );
  });
