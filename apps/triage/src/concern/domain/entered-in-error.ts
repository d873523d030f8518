import { assertNever } from '#libs/decider';
import type { ConfirmEnteredInError, DeclineEnteredInError, ProposeEnteredInError } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { cameToEnquiry, held } from './standing.js';

/** Two people say that it should never have been recorded, or one of them that it is to be kept. */
export function enterInError(command: ProposeEnteredInError | DeclineEnteredInError | ConfirmEnteredInError, state: Concern): ConcernEvent[] {
  switch (command.type) {
    case 'ProposeEnteredInError':
      return proposeEnteredInError(command, state);
    case 'DeclineEnteredInError':
      return declineEnteredInError(command, state);
    case 'ConfirmEnteredInError':
      return confirmEnteredInError(command, state);
    default:
      return assertNever(command);
  }
}

/** The first of the two people: says that this should never have been recorded, and why. */
function proposeEnteredInError(command: ProposeEnteredInError, state: Concern): ConcernEvent[] {
  const { story } = held(state);
  const { at, by, reason } = command;
  needsPerson(by);
  if (reason === null) return refuse('concern/reason-required', 'Say why this should never have been recorded.');
  if (story.errorProposal?.by === by) return [];
  if (story.errorProposal)
    refuse('concern/error-already-proposed', 'A colleague has already said that this was entered in error. Confirm it or decline it.');
  return [{ type: 'EnteredInErrorProposed', at, by, reason }];
}

/** Keeps the concern: the first person takes it back, or another disagrees. */
function declineEnteredInError(command: DeclineEnteredInError, state: Concern): ConcernEvent[] {
  const { story } = held(state);
  const { at, by, reason } = command;
  needsPerson(by);
  if (story.errorProposal === null) return [];
  if (reason === null) return refuse('concern/reason-required', 'Say why this concern is to be kept.');
  return [{ type: 'EnteredInErrorDeclined', at, by, reason }];
}

/** The second person agrees. The concern leaves every queue and is counted as entered in error. */
function confirmEnteredInError(command: ConfirmEnteredInError, state: Concern): ConcernEvent[] {
  if (state.status === 'entered-in-error') return [];
  const { errorProposal, earlierDecisions } = held(state).story;
  const { at, by } = command;
  needsPerson(by);
  if (errorProposal === null)
    return refuse('concern/error-not-proposed', 'Nobody has said yet that this was entered in error. Somebody must, with a reason, before it can be confirmed.');
  if (errorProposal.by === by)
    refuse('concern/second-person-required', 'You said yourself that this was entered in error. A colleague has to confirm it.');
  const hasEnquiry = cameToEnquiry(state.status === 'triaged' ? [...earlierDecisions, state.decision] : earlierDecisions);
  return [{ type: 'ConcernEnteredInError', at, proposedBy: errorProposal.by, confirmedBy: by, hasEnquiry, reason: errorProposal.reason }];
}
