import type { Day, Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import type { Restrictable } from '#libs/restriction';
import type { Keeping } from '#libs/retention';
import type { AssessmentKind, Band, LookReason, Outcome } from './codes.js';
import type { LegalTestCode } from './legal-tests.js';
import type { Assessment, Assessors, Details, Ending, PersonKnown, Who } from './parts.js';
import type { RetentionBasis } from './retention-rules.js';

export interface Authorisation {
  from: Day;
  to: Day;
  legalTest: LegalTestCode;
  /** Decided in the system that the request came from, by whose format its length is judged. */
  isFromElsewhere: boolean;
}

export interface Held extends Keeping, Restrictable {
  /** Brought from an old system. */
  legacy: boolean;
  details: Details;
  person: PersonKnown | null;
  screening: { at: Instant; legalTest: LegalTestCode } | null;
  priority: { band: Band; by: Who; reason: TextRef | null } | null;
  allocation: ({ at: Instant } & Assessors) | null;
  assessments: Partial<Record<AssessmentKind, Assessment & { recordedBy: Who; legalTest: LegalTestCode }>>;
  nextContactOn: Day | null;
  /** Why a person must look; only a named person's priority settles it. */
  toLookAt: LookReason[];
  errorProposal: { by: string; reason: TextRef | null } | null;
  lastContactAt: Instant;
}

export interface Waiting extends Held {
  status: 'received' | 'screened' | 'prioritised' | 'allocated';
}

/** Ended without an authorisation. */
export interface Decided extends Held {
  status: 'decided';
  outcome: Exclude<Outcome, 'granted'>;
  decidedAt: Instant;
}

/** Granted. The last day may have passed: time alone writes no event, so ask `isInForce`. */
export interface Authorised extends Held {
  status: 'authorised';
  decidedAt: Instant;
  authorisation: Authorisation;
  suspendedOn: Day | null;
  renewalId: string | null;
}

export interface Ended extends Held {
  status: 'ended';
  decidedAt: Instant;
  authorisation: Authorisation;
  ending: Ending;
  renewalId: string | null;
}

export interface EnteredInError extends Held {
  status: 'entered-in-error';
}

/** What is left at the end of its retention: that there was a request, and what was decided, in codes. */
export interface Disposed extends Held {
  status: 'disposed';
  outcome: Outcome | null;
  disposedAt: Instant;
  proposedBy: string;
  confirmedBy: string;
  retention: RetentionBasis;
}

export type Request = { status: 'absent' } | Waiting | Decided | Authorised | Ended | EnteredInError | Disposed;
export type Present = Exclude<Request, { status: 'absent' }>;

/** Whether it waits for a decision. */
export function isWaiting(state: Request): state is Waiting {
  return ['received', 'screened', 'prioritised', 'allocated'].includes(state.status);
}

/** Whether its authorisation covers a day: begun, not over, and neither ended nor suspended. */
export function isInForce(state: Request, on: Day): boolean {
  if (state.status !== 'authorised') return false;
  const { from, to } = state.authorisation;
  return from <= on && on <= to && (state.suspendedOn === null || on < state.suspendedOn);
}
