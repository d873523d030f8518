import { londonDay } from '#libs/calendar';
import { assertNever } from '#libs/decider';
import type { ConfirmDisposal, DeclineDisposal, LiftLegalHold, PlaceLegalHold, ProposeDisposal } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { retentionOf } from './retention.js';
import type { RetentionBasis } from './retention-rules.js';
import { kept } from './standing.js';

type KeepOrDispose = PlaceLegalHold | LiftLegalHold | ProposeDisposal | DeclineDisposal | ConfirmDisposal;

/** What is done with a concern at the end of its retention, and what keeps it beyond that. */
export function keepOrDispose(command: KeepOrDispose, state: Concern): ConcernEvent[] {
  switch (command.type) {
    case 'PlaceLegalHold':
      return placeLegalHold(command, state);
    case 'LiftLegalHold':
      return liftLegalHold(command, state);
    case 'ProposeDisposal':
      return proposeDisposal(command, state);
    case 'DeclineDisposal':
      return declineDisposal(command, state);
    case 'ConfirmDisposal':
      return confirmDisposal(command, state);
    default:
      return assertNever(command);
  }
}

/** Keeps a concern whatever its retention says, as an inquiry or a court asks. */
function placeLegalHold({ at, by, reason }: PlaceLegalHold, state: Concern): ConcernEvent[] {
  const { story } = kept(state);
  needsPerson(by);
  if (reason === null) return refuse('concern/reason-required', 'Say who needs this concern to be kept, and why.');
  return story.legalHold ? [] : [{ type: 'LegalHoldPlaced', at, by, reason }];
}

/** Nobody needs it to be kept any more: its retention counts again. */
function liftLegalHold({ at, by, reason }: LiftLegalHold, state: Concern): ConcernEvent[] {
  const { story } = kept(state);
  needsPerson(by);
  if (!story.legalHold) return [];
  if (reason === null) return refuse('concern/reason-required', 'Say why this concern need not be kept any more.');
  return [{ type: 'LegalHoldLifted', at, by, reason }];
}

/** The first of the two people: has looked at it and says that nobody needs it any more. */
function proposeDisposal(command: ProposeDisposal, state: Concern): ConcernEvent[] {
  const { story } = kept(state);
  const { at, by } = command;
  needsPerson(by);
  const retention = due(command, state);
  if (story.disposalProposal?.by === by) return [];
  if (story.disposalProposal) refuse('concern/disposal-already-proposed', 'A colleague has already said that this may be disposed of. Confirm it or decline it.');
  return [{ type: 'DisposalProposed', at, by, retention }];
}

/** Keeps the concern for now: the first person takes it back, or another disagrees. */
function declineDisposal({ at, by, reason }: DeclineDisposal, state: Concern): ConcernEvent[] {
  const { story } = kept(state);
  needsPerson(by);
  if (story.disposalProposal === null) return [];
  if (reason === null) return refuse('concern/reason-required', 'Say why this concern is to be kept.');
  return [{ type: 'DisposalDeclined', at, by, reason }];
}

/** The second person agrees. Whatever was said goes for good; that there was a concern, and what was decided in codes, stays. */
function confirmDisposal(command: ConfirmDisposal, state: Concern): ConcernEvent[] {
  if (state.status === 'disposed') return [];
  const { disposalProposal } = kept(state).story;
  const { at, by } = command;
  needsPerson(by);
  if (disposalProposal === null)
    return refuse('concern/disposal-not-proposed', 'Nobody has said yet that this may be disposed of. Somebody must, before it can be confirmed.');
  if (disposalProposal.by === by) refuse('concern/second-person-required', 'You said yourself that this may be disposed of. A colleague has to confirm it.');
  return [{ type: 'ConcernDisposed', at, proposedBy: disposalProposal.by, confirmedBy: by, retention: due(command, state) }];
}

/** By what it may go. Throws where it may not: something holds it, or its time has not come. */
function due({ at, rules }: ProposeDisposal | ConfirmDisposal, state: Concern): RetentionBasis {
  const { story } = kept(state);
  if (story.legalHold) return refuse('concern/on-hold', 'This concern is under a legal hold and is kept until that is lifted.');
  const today = londonDay(at);
  const retention = retentionOf(state, today, rules);
  if (!retention) return refuse('concern/no-retention', 'Nothing says how long this concern is kept: something is left to be done with it, or it is kept with its enquiry.');
  if (retention.dueOn > today) return refuse('concern/not-due', 'This concern has to be kept for longer.');
  return retention;
}
