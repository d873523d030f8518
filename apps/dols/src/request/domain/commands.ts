import type { Day, Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import type { BreakGlass, Keep, KeepNoMore, KeptForPerson, LiftRestriction, Restrict } from '#libs/restriction';
import type { ConfirmDisposal as Confirm, DeclineDisposal, LiftLegalHold, PlaceLegalHold, ProposeDisposal as Propose } from '#libs/retention';
import type { Band } from './codes.js';
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
import type { RetentionRule } from './retention-rules.js';

/** When it happened and who did it. */
export interface Act {
  at: Instant;
  by: Who;
}

interface Reasoned extends Act {
  reason: TextRef | null;
}

/** The test an act says it was made under. Left out, the day of the act decides; a wrong one is refused. */
interface UnderTest {
  legalTest?: LegalTestCode;
}

export type ReceiveRequest = { type: 'ReceiveRequest' } & Act & Omit<Details, 'receivedAt'>;
/** `restricted`: whom the restricted requests about the same person are open to, as of when it is brought here; `kept`: from whom those are kept for the person's sake. */
export type ImportRequest = { type: 'ImportRequest'; restricted?: { at: Instant; names: readonly string[] }; kept?: { at: Instant; keptFrom: readonly KeptForPerson[] } } & Legacy;
/** `restrictedTo`: whom the restricted requests about the same person are open to. */
export type IdentifyPerson = { type: 'IdentifyPerson'; at: Instant; restrictedTo?: readonly string[]; keptFrom?: readonly KeptForPerson[] } & PersonKnown;
export type ScreenRequest = { type: 'ScreenRequest' } & Act & Omit<Screening, 'legalTest'> & UnderTest;
export type PrioritiseRequest = { type: 'PrioritiseRequest'; band: Band } & Reasoned;
export type AllocateRequest = { type: 'AllocateRequest' } & Act & Assessors;
export type ReallocateRequest = { type: 'ReallocateRequest' } & Reasoned & Assessors;
export type RecordAssessment = { type: 'RecordAssessment' } & Act & Assessment & UnderTest;
export type RecordWaitingContact = { type: 'RecordWaitingContact' } & Act & WaitingContact;
export type DecideRequest = { type: 'DecideRequest' } & Reasoned & Decision & UnderTest;
export type SuspendAuthorisation = { type: 'SuspendAuthorisation'; on: Day } & Reasoned;
export type ResumeAuthorisation = { type: 'ResumeAuthorisation'; on: Day } & Act;
export type RequestRenewal = { type: 'RequestRenewal'; renewalId: string } & Act;
export type EndAuthorisation = { type: 'EndAuthorisation' } & Act & Ending;
export type CorrectRequest = { type: 'CorrectRequest'; changes: Corrections } & Reasoned;
export type ProposeEnteredInError = { type: 'ProposeEnteredInError' } & Reasoned;
export type DeclineEnteredInError = { type: 'DeclineEnteredInError' } & Act;
export type ConfirmEnteredInError = { type: 'ConfirmEnteredInError' } & Act;
export type RestrictRequest = { type: 'RestrictRequest' } & Restrict;
export type KeepRequestFrom = { type: 'KeepRequestFrom' } & Keep;
export type { BreakGlass, KeepNoMore, LiftRestriction };
export type { DeclineDisposal, LiftLegalHold, PlaceLegalHold };
/** `rules` are those that the council keeps its records by. */
export type ProposeDisposal = Propose & { rules: readonly RetentionRule[] };
export type ConfirmDisposal = Confirm & { rules: readonly RetentionRule[] };

export type RequestCommand =
  | ReceiveRequest
  | ImportRequest
  | IdentifyPerson
  | ScreenRequest
  | PrioritiseRequest
  | AllocateRequest
  | ReallocateRequest
  | RecordAssessment
  | RecordWaitingContact
  | DecideRequest
  | SuspendAuthorisation
  | ResumeAuthorisation
  | RequestRenewal
  | EndAuthorisation
  | CorrectRequest
  | ProposeEnteredInError
  | DeclineEnteredInError
  | ConfirmEnteredInError
  | RestrictRequest
  | LiftRestriction
  | KeepRequestFrom
  | KeepNoMore
  | BreakGlass
  | PlaceLegalHold
  | LiftLegalHold
  | ProposeDisposal
  | DeclineDisposal
  | ConfirmDisposal;

export type CommandType = RequestCommand['type'];
