import type { LookAgain, TriageConcern } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern, SecondLook, Triaged } from './concern-state.js';
import { needsNothingWrong, needsPerson, refuse, wrongIn } from './refuse.js';
import { decided } from './standing.js';
import { outcomeRequired, undecidedIn, wrongInOutcome } from './three-limbs.js';

/** The second look that is owed to the decision in force, given or not. */
export const lookAt = ({ story, decision }: Triaged): SecondLook | undefined => story.secondLooks.find((look) => look.decision === decision.decision);

/** By lot: neither whoever decides nor what they decide has a part in it. */
export const drawn = ({ at, lot }: TriageConcern, decision: number): ConcernEvent[] => (lot.value < lot.share ? [{ type: 'SecondLookDrawn', at, decision }] : []);

/** The decision that somebody may look at again. Throws where it is their own, was not drawn, was looked at, or is known to them. */
export function lookedAtBy(state: Concern, { by, hasSeen }: { by: string; hasSeen: boolean }): Triaged {
  const concern = decided(state);
  const look = lookAt(concern);
  if (!look) return refuse('concern/second-look-not-drawn', 'This decision was not drawn for a second look.');
  if (look.given) return refuse('concern/second-look-given', 'Somebody has given this second look already.');
  if (by === concern.decision.decidedBy) return refuse('concern/second-look-by-another', 'You made this decision. The second look is for somebody else.');
  if (hasSeen)
    return refuse('concern/second-look-not-blind', 'You have opened this concern since it was decided, so you would not judge it afresh. Leave it to a colleague.');
  return concern;
}

/** Decides again, blind, what somebody else decided. It changes nothing of the decision: it shows how alike decisions are. */
export function lookAgain(command: LookAgain, state: Concern): ConcernEvent[] {
  const { at, by, limbs, outcome, reason } = command;
  needsPerson(by);
  const { decision } = lookedAtBy(state, command);
  needsNothingWrong([
    ...undecidedIn(limbs),
    ...wrongInOutcome(limbs, outcome),
    ...wrongIn([outcome === null, ...outcomeRequired], [reason === null, ...reasonRequired]),
  ]);
  return [{ type: 'SecondLookGiven', at, by, decision: decision.decision, limbs, outcome: outcome ?? refuse(...outcomeRequired), reason: reason ?? refuse(...reasonRequired) }];
}

const reasonRequired = ['concern/reason-required', 'Give the reason for your decision.'] as const;
