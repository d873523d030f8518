import type { Refusal } from '#libs/decider';

import type { LookAgain, TriageConcern } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern, SecondLook, Triaged } from './concern-state.js';
import { needsNothingWrong, needsPerson, refuse, wrongIn } from './refuse.js';
import { decided } from './standing.js';
import { outcomeRequired, unansweredIn, wrongInOutcome } from './three-limbs.js';

/** The second look that is owed to the decision in force, given or not. */
export const lookAt = ({ story, decision }: Triaged): SecondLook | undefined => story.secondLooks.find((look) => look.decision === decision.decision);

/** By lot: neither whoever decides nor what they decide has a part in it. */
export const drawn = ({ at, lot }: TriageConcern, decision: number): ConcernEvent[] => (lot.value < lot.share ? [{ type: 'SecondLookDrawn', at, decision }] : []);

/** Who wants to look at a decision again, and whether they were shown the concern since it was made. */
type Looker = Pick<LookAgain, 'by' | 'hasSeen'>;

/** Why a decision is not somebody's to look at again; nothing where it is. */
function wrongInLooker(concern: Triaged, { by, hasSeen }: Looker): Refusal[] {
  const look = lookAt(concern);
  return wrongIn(
    [!look, 'concern/second-look-not-drawn', 'This decision was not drawn for a second look.'],
    [Boolean(look?.given), 'concern/second-look-given', 'Somebody has given this second look already.'],
    [by === concern.decision.decidedBy, 'concern/second-look-by-another', 'You made this decision. The second look is for somebody else.'],
    [hasSeen, 'concern/second-look-not-blind', 'You have been shown this concern since it was decided, so you would not judge it afresh. Leave it to a colleague.'],
  ).slice(0, 1);
}

/** Whether there is a decision that somebody may look at again. */
export const isTheirs = (state: Concern, looker: Looker): boolean => state.status === 'triaged' && wrongInLooker(state, looker).length === 0;

/** The decision that somebody may look at again. Throws where it is their own, was not drawn, was looked at, or is known to them. */
export function lookedAtBy(state: Concern, looker: Looker): Triaged {
  const concern = decided(state);
  needsNothingWrong(wrongInLooker(concern, looker));
  return concern;
}

/** Whoever may look at a decision again does not come to know it unawares. */
export const needsLeave = (): never =>
  refuse('concern/second-look-wanted', 'A second look is wanted here, by somebody who does not know what was decided. Give it first, or say that you leave it (secondLook=left); then a colleague has to give it.');

/** Decides again, blind, what somebody else decided. It changes nothing of the decision: it shows how alike decisions are. Who cannot tell one of the three yet says so rather than guess, and counts as not of one mind on it with whoever could; the outcome is what they would choose as things stand. */
export function lookAgain(command: LookAgain, state: Concern): ConcernEvent[] {
  const { at, by, limbs, outcome, reason } = command;
  needsPerson(by);
  const { decision } = lookedAtBy(state, command);
  needsNothingWrong([
    ...unansweredIn(limbs),
    ...wrongInOutcome(limbs, outcome),
    ...wrongIn([outcome === null, ...outcomeRequired], [reason === null, ...reasonRequired]),
  ]);
  return [{ type: 'SecondLookGiven', at, by, decision: decision.decision, limbs, outcome: outcome ?? refuse(...outcomeRequired), reason: reason ?? refuse(...reasonRequired) }];
}

const reasonRequired = ['concern/reason-required', 'Give the reason for your decision.'] as const;
