import type { TextRef } from '#libs/decider';
import type { Day, Instant } from '#libs/calendar';
import type { HeldWith } from '#libs/retention';

import type { ConductedBy, EnquiryKind, MentalCapacity, OtherAgency, OutcomesAchieved, OutcomesAsked, PlanReviewOutcome } from './codes.js';
import type { Correction, Findings } from './enquiry-events.js';
import type { RetentionRule } from './retention-rules.js';
import type { RiskFinding } from './risk-findings.js';

interface Act {
  at: Instant;
  by: string;
}

/** A decision on a concern came to an enquiry. `at` is when it was decided, `decision` which decision it was (1, 2, …). */
export interface OpenEnquiry {
  type: 'OpenEnquiry';
  at: Instant;
  concernId: string;
  kind: EnquiryKind;
  decision: number;
  /** What people call the enquiry by, unless a record from another system says otherwise. */
  reference: string;
  /** The decision was made elsewhere. */
  legacy: boolean;
}

/** A record from another system; `at` is when it says that the enquiry was opened. */
export interface ImportEnquiry extends Findings {
  type: 'ImportEnquiry';
  at: Instant;
  concernId: string;
  kind: EnquiryKind;
  /** Which decision on the concern the record hangs on. */
  decision: number;
  reference: string;
  conductedBy: ConductedBy | null;
  /** Who had it and in which team, in that system's own words. */
  allocationInWords: TextRef | null;
  allocatedAt: Instant | null;
  concludedAt: Instant | null;
}

export interface ConcludeEnquiry {
  type: 'ConcludeEnquiry';
  at: Instant;
  decidedBy: string;
  outcomesAsked: OutcomesAsked;
  /** Needed where nobody asked, unless the plan says it. */
  whyNotAsked: TextRef | null;
  outcomesAchieved: OutcomesAchieved | null;
  mentalCapacity: MentalCapacity;
  advocate: boolean | null;
  risks: RiskFinding[];
  /** Care Act 2014, s.42(2). */
  action: { isNeeded: boolean; words: TextRef | null };
  /** Care Act 2014, s.44: is this to go to the board for a Safeguarding Adult Review? */
  sarReferral: boolean;
  /** Who at the council checked the findings, where another agency made the enquiry. */
  qualityCheckedBy: string | null;
}

/** `openTo`: those who are named where it is restricted; nobody where it is not. `keptFrom`: whom it is kept from all the same. */
export type AllocateEnquiry = Act & { type: 'AllocateEnquiry'; worker: string; team: string; openTo: readonly string[]; keptFrom?: readonly string[] };
export type ReallocateEnquiry = Act & { type: 'ReallocateEnquiry'; worker: string; team: string; openTo: readonly string[]; keptFrom?: readonly string[]; reason: TextRef | null };
export type CauseEnquiry = Act & {
  type: 'CauseEnquiry';
  agency: OtherAgency;
  scope: TextRef | null;
  purpose: TextRef | null;
  dueOn: Day | null;
};
/** `dueOn` is null where the agreed day stands. */
export type RecordProgressCheck = Act & { type: 'RecordProgressCheck'; note: TextRef | null; dueOn: Day | null };
export type PlanEnquiry = Act & { type: 'PlanEnquiry'; outcomesAsked: OutcomesAsked; words: TextRef | null };
/** The concern was opened again, or entered in error, at that time. */
export type AskWhetherToGoOn = { type: 'AskWhetherToGoOn'; at: Instant };
export type AnswerWhetherToGoOn = Act & { type: 'AnswerWhetherToGoOn'; goOn: boolean; reason: TextRef | null };
export type ReopenEnquiry = Act & { type: 'ReopenEnquiry'; reason: TextRef | null };
export type SetProtectionPlan = Act & { type: 'SetProtectionPlan'; plan: TextRef | null; reviewOn: Day | null };
export type ReviewProtectionPlan = Act & {
  type: 'ReviewProtectionPlan';
  outcome: PlanReviewOutcome;
  review: TextRef | null;
  reviewOn: Day | null;
};
export type CorrectEnquiry = Act & { type: 'CorrectEnquiry'; correction: Correction; reason: TextRef | null };
export type ProposeEnteredInError = Act & { type: 'ProposeEnteredInError'; reason: TextRef | null };
export type DeclineEnteredInError = Act & { type: 'DeclineEnteredInError'; reason: TextRef | null };
export type ConfirmEnteredInError = Act & { type: 'ConfirmEnteredInError' };
export type PlaceLegalHold = Act & { type: 'PlaceLegalHold'; reason: TextRef | null };
export type LiftLegalHold = Act & { type: 'LiftLegalHold'; reason: TextRef | null };
/** `rules` are those that the council keeps its records by; `concernHeld` is whether the concern that led to it is on hold. */
export type ProposeDisposal = Act & { type: 'ProposeDisposal'; rules: readonly RetentionRule[]; concernHeld: HeldWith };
export type DeclineDisposal = Act & { type: 'DeclineDisposal'; reason: TextRef | null };
export type ConfirmDisposal = Act & { type: 'ConfirmDisposal'; rules: readonly RetentionRule[]; concernHeld: HeldWith };

export type EnquiryCommand =
  | OpenEnquiry
  | ImportEnquiry
  | AllocateEnquiry
  | ReallocateEnquiry
  | CauseEnquiry
  | RecordProgressCheck
  | PlanEnquiry
  | AskWhetherToGoOn
  | AnswerWhetherToGoOn
  | ConcludeEnquiry
  | ReopenEnquiry
  | SetProtectionPlan
  | ReviewProtectionPlan
  | CorrectEnquiry
  | ProposeEnteredInError
  | DeclineEnteredInError
  | ConfirmEnteredInError
  | PlaceLegalHold
  | LiftLegalHold
  | ProposeDisposal
  | DeclineDisposal
  | ConfirmDisposal;
