import type {
  ConfirmEnteredInError,
  CorrectRequest,
  DeclineEnteredInError,
  ProposeEnteredInError,
} from './commands.js';
import { inOrder } from './decide-request.js';
import type { RequestEvent } from './events.js';
import type { Corrections } from './parts.js';
import { coherent } from './receive-request.js';
import { named, present, reasoned, refuse } from './refusals.js';
import type { Present, Request } from './state.js';

/** Puts right what was written down wrongly, with a reason. What is the same already is left out. */
export function correctRequest(command: CorrectRequest, state: Request): RequestEvent[] {
  const found = present(state);
  const changes = different(command.changes, found);
  if (Object.keys(changes).length === 0) return [];
  const { authorisedFrom, authorisedTo, ...details } = changes;
  coherent({ ...found.details, ...details });
  if (authorisedFrom !== undefined || authorisedTo !== undefined) {
    if (!('authorisation' in found)) return refuse('not-authorised', 'There is no authorisation whose dates could be put right.');
    const { from, to, isFromElsewhere } = found.authorisation;
    inOrder(authorisedFrom ?? from, authorisedTo ?? to, isFromElsewhere);
  }
  if (details.receivedAt !== undefined && details.receivedAt > command.at) {
    return refuse('received-in-the-future', 'A request cannot have come in later than now. Check the date and time.');
  }
  if (details.receivedAt !== undefined && 'decidedAt' in found && details.receivedAt > found.decidedAt) {
    return refuse('before-receipt', 'It was decided before that. Check the date and time.');
  }
  const [by, reason] = [named(command.by), reasoned(command.reason)];
  return [{ type: 'RequestCorrected', at: command.at, by, reason, changes }];
}

function different(changes: Corrections, state: Present): Corrections {
  const dates = 'authorisation' in state ? state.authorisation : undefined;
  const held = { ...state.details, authorisedFrom: dates?.from, authorisedTo: dates?.to };
  const left: Corrections = { ...changes };
  for (const key of keysOf(changes)) if (isSame(changes[key], held[key])) delete left[key];
  return left;
}

const correctable = [
  'kind',
  'urgent',
  'urgentExpiresOn',
  'setting',
  'managingAuthority',
  'receivedAt',
  'authorisedFrom',
  'authorisedTo',
] as const;

function keysOf(changes: Corrections) {
  return correctable.filter((key) => changes[key] !== undefined);
}

function isSame(asked: Corrections[keyof Corrections], held: Corrections[keyof Corrections]): boolean {
  if (asked === held) return true;
  const isText = typeof asked === 'object' && asked !== null && typeof held === 'object' && held !== null;
  return isText && asked.hmac === held.hmac;
}

/** That a record should never have been takes two people. */
export function enterInError(command: ProposeEnteredInError | DeclineEnteredInError | ConfirmEnteredInError, state: Request): RequestEvent[] {
  if (command.type === 'ProposeEnteredInError') return proposeEnteredInError(command, state);
  return command.type === 'ConfirmEnteredInError' ? confirmEnteredInError(command, state) : declineEnteredInError(command, state);
}

/** The first of two people says that this record should never have been. */
function proposeEnteredInError(command: ProposeEnteredInError, state: Request): RequestEvent[] {
  if (state.status === 'entered-in-error') return [];
  const { errorProposal } = present(state);
  const [by, reason] = [named(command.by), reasoned(command.reason)];
  if (errorProposal?.by === by) return [];
  if (errorProposal !== null) return refuse('already-proposed', 'Somebody has proposed this already. You can confirm it.');
  return [{ type: 'EnteredInErrorProposed', at: command.at, by, reason }];
}

/** Takes the proposal back, or turns it down. */
function declineEnteredInError(command: DeclineEnteredInError, state: Request): RequestEvent[] {
  if (present(state).errorProposal === null) return [];
  return [{ type: 'EnteredInErrorDeclined', at: command.at, by: named(command.by) }];
}

/** The second person, who has to be another one, confirms it. */
function confirmEnteredInError(command: ConfirmEnteredInError, state: Request): RequestEvent[] {
  if (state.status === 'entered-in-error') return [];
  const proposal = present(state).errorProposal;
  if (proposal === null) return refuse('nothing-proposed', 'Nobody has proposed this yet. Two people are needed.');
  const by = named(command.by);
  if (by === proposal.by) return refuse('second-person-required', 'You proposed this. Somebody else has to confirm it.');
  return [{ type: 'EnteredInErrorConfirmed', at: command.at, by, proposedBy: proposal.by, reason: proposal.reason }];
}
