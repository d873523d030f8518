import type { Day, Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import type { KeepingFromEvent, RestrictionEvent } from '#libs/restriction';
import type { Disposing, KeepingEvent } from '#libs/retention';
import type { Band, LookReason } from './codes.js';
import type { LegalTestCode } from './legal-tests.js';
import type {
  Assessment,
  Assessors,
  Corrections,
  Decision,
  Details,
  Ending,
  Legacy,
  PersonKnown,
  Screening,
  WaitingContact,
  Who,
} from './parts.js';
import type { RetentionBasis } from './retention-rules.js';

interface Happened {
  at: Instant;
  by: Who;
}

interface Because {
  reason: TextRef | null;
}

interface Under {
  legalTest: LegalTestCode;
}

/** Asks a person to look: an event that carries a reason never settles anything by itself. */
interface Asks {
  toLookAt: LookReason[];
}

export type RequestReceived = { type: 'RequestReceived' } & Happened & Omit<Details, 'receivedAt'>;
export type RequestImported = { type: 'RequestImported'; at: Instant; legacy: true; legalTest: LegalTestCode | null } & Legacy;
export type PersonIdentified = { type: 'PersonIdentified'; at: Instant } & PersonKnown;
export type RequestScreened = { type: 'RequestScreened' } & Happened & Screening & Asks;
export type RequestPrioritised = { type: 'RequestPrioritised'; band: Band } & Happened & Because;
export type RequestAllocated = { type: 'RequestAllocated' } & Happened & Assessors;
export type RequestReallocated = { type: 'RequestReallocated' } & Happened & Assessors & Because;
export type AssessmentRecorded = { type: 'AssessmentRecorded' } & Happened & Assessment & Under;
export type WaitingContactRecorded = { type: 'WaitingContactRecorded' } & Happened & WaitingContact & Asks;
export type RequestDecided = { type: 'RequestDecided' } & Happened & Because & Decision & Under;
export type AuthorisationSuspended = { type: 'AuthorisationSuspended'; on: Day } & Happened & Because;
export type AuthorisationResumed = { type: 'AuthorisationResumed'; on: Day } & Happened;
export type RenewalRequested = { type: 'RenewalRequested'; renewalId: string } & Happened;
export type AuthorisationEnded = { type: 'AuthorisationEnded' } & Happened & Ending;
export type RequestCorrected = { type: 'RequestCorrected'; changes: Corrections } & Happened & Because;
export type EnteredInErrorProposed = { type: 'EnteredInErrorProposed' } & Happened & Because;
export type EnteredInErrorDeclined = { type: 'EnteredInErrorDeclined' } & Happened;
export type EnteredInErrorConfirmed = { type: 'EnteredInErrorConfirmed'; proposedBy: string } & Happened & Because;
/** With whom it was about, so that whoever keeps who they are learns that it needs them no more; absent where nobody knew, and of those that went before that was told. */
export type RequestDisposed = Disposing<'RequestDisposed', RetentionBasis> & { personId?: string };

export type RequestEvent =
  | RequestReceived
  | RequestImported
  | PersonIdentified
  | RequestScreened
  | RequestPrioritised
  | RequestAllocated
  | RequestReallocated
  | AssessmentRecorded
  | WaitingContactRecorded
  | RequestDecided
  | AuthorisationSuspended
  | AuthorisationResumed
  | RenewalRequested
  | AuthorisationEnded
  | RequestCorrected
  | EnteredInErrorProposed
  | EnteredInErrorDeclined
  | EnteredInErrorConfirmed
  | RestrictionEvent<'RequestRestricted'>
  | KeepingFromEvent<'RequestKeptFrom'>
  | KeepingEvent<RetentionBasis>
  | RequestDisposed;
