import { RuleViolation, type TextRef } from './decider.js';

/** Somebody has said that a record should never have been made; a second person has yet to agree. */
export interface ErrorProposal {
  by: string;
  at: string;
  reason: TextRef;
}

export interface ProposeEnteredInError {
  type: 'ProposeEnteredInError';
  at: string;
  by: string;
  reason: TextRef | null;
}

export interface DeclineEnteredInError {
  type: 'DeclineEnteredInError';
  at: string;
  by: string;
  reason: TextRef | null;
}

export interface ConfirmEnteredInError {
  type: 'ConfirmEnteredInError';
  at: string;
  by: string;
}

export type EnteredInErrorProposed = ErrorProposal & { type: 'EnteredInErrorProposed' };
export type EnteredInErrorDeclined = ErrorProposal & { type: 'EnteredInErrorDeclined' };

/** The first of the two people: says that this should never have been recorded, and why. */
export function proposeError(record: string, { at, by, reason }: ProposeEnteredInError, proposal: ErrorProposal | null): EnteredInErrorProposed[] {
  if (reason === null) throw new RuleViolation(`${record}/reason-required`, 'Say why this should never have been recorded.');
  if (proposal?.by === by) return [];
  if (proposal) throw new RuleViolation(`${record}/error-already-proposed`, 'A colleague has already said that this was entered in error. Confirm it or decline it.');
  return [{ type: 'EnteredInErrorProposed', at, by, reason }];
}

/** Keeps the record: the first person takes it back, or another disagrees. */
export function declineError(record: string, { at, by, reason }: DeclineEnteredInError, proposal: ErrorProposal | null): EnteredInErrorDeclined[] {
  if (proposal === null) return [];
  if (reason === null) throw new RuleViolation(`${record}/reason-required`, 'Say why this is to be kept.');
  return [{ type: 'EnteredInErrorDeclined', at, by, reason }];
}

/** What the second person agrees to. Throws where nobody has proposed it, or they themselves have. */
export function agreedError(record: string, { by }: ConfirmEnteredInError, proposal: ErrorProposal | null): ErrorProposal {
  if (proposal === null)
    throw new RuleViolation(`${record}/error-not-proposed`, 'Nobody has said yet that this was entered in error. Somebody must, with a reason, before it can be confirmed.');
  if (proposal.by === by) throw new RuleViolation(`${record}/second-person-required`, 'You said yourself that this was entered in error. A colleague has to confirm it.');
  return proposal;
}
