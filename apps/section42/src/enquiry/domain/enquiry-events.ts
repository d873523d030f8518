import type { TextRef } from '#libs/decider';
import type { Disposing, KeepingEvent } from '#libs/retention';
import type { Day, Instant } from '#libs/calendar';

import type {
  ConductedBy,
  EnquiryKind,
  MentalCapacity,
  OtherAgency,
  OutcomesAchieved,
  OutcomesAsked,
  OverallRiskOutcome,
  PlanReviewOutcome,
} from './codes.js';
import type { RetentionBasis } from './retention-rules.js';
import type { RiskFinding } from './risk-findings.js';

/** What an enquiry found about the person and the risk. Null means "not known". */
export interface Findings {
  outcomesAsked: OutcomesAsked | null;
  outcomesAchieved: OutcomesAchieved | null;
  mentalCapacity: MentalCapacity | null;
  advocate: boolean | null;
  riskOutcome: OverallRiskOutcome | null;
}

/** Care Act 2014, s.42(2): is action to be taken in the adult's case and, if so, what and by whom? */
export interface ActionDecision {
  isNeeded: boolean;
  /** What and by whom or, where none is needed, why not. */
  words: TextRef;
}

/** One thing put right. Asked and achieved go together, since the one rules the other. */
export type Correction =
  | { field: 'openedAt'; value: Instant }
  | { field: 'allocatedAt'; value: Instant }
  | { field: 'concludedAt'; value: Instant }
  | { field: 'conductedBy'; value: ConductedBy }
  | { field: 'mentalCapacity'; value: MentalCapacity }
  | { field: 'advocate'; value: boolean | null }
  | { field: 'outcomes'; value: { asked: OutcomesAsked; achieved: OutcomesAchieved | null } };

export interface EnquiryOpened {
  type: 'EnquiryOpened';
  at: Instant;
  concernId: string;
  kind: EnquiryKind;
  /** Which decision on the concern opened it: its first, second, … */
  decision: number;
  /** What people call it by. */
  reference: string;
  /** The decision was made elsewhere. */
  legacy: boolean;
}

/** Another decision on the same concern came to an enquiry too, or the one that opened this became known late. */
export interface EnquiryOpeningRevised {
  type: 'EnquiryOpeningRevised';
  at: Instant;
  concernId: string;
  decision: number;
  openedAt: Instant;
  kind: EnquiryKind;
  conductedBy: ConductedBy | null;
  legacy: boolean;
}

/** A record from another system: opens the enquiry, or fills in the one that is there. */
export interface EnquiryImported {
  type: 'EnquiryImported';
  at: Instant;
  concernId: string;
  kind: EnquiryKind;
  decision: number;
  /** What the other system calls it by, and people from now on. */
  reference: string;
  conductedBy: ConductedBy | null;
  /** Null where the conclusion that comes with it has them. */
  findings: Findings | null;
  /** What the record says of its end, where the conclusion drawn here stands instead. */
  endedElsewhere: { allocatedAt: Instant | null; concludedAt: Instant | null } | null;
  /** Who had it and in which team, in the words of the other system. */
  allocationInWords: TextRef | null;
}

/** Worker, team and who allocated it may be unknown only of what was done elsewhere. */
export interface EnquiryAllocated {
  type: 'EnquiryAllocated';
  at: Instant;
  worker: string | null;
  team: string | null;
  by: string | null;
  legacy: boolean;
}

export interface EnquiryConcluded extends Findings {
  type: 'EnquiryConcluded';
  at: Instant;
  whyNotAsked: TextRef | null;
  risks: RiskFinding[];
  action: ActionDecision | null;
  sarReferral: boolean | null;
  qualityCheckedBy: string | null;
  decidedBy: string | null;
  legacy: boolean;
}

export interface EnquiryCaused {
  type: 'EnquiryCaused';
  at: Instant;
  by: string;
  agency: OtherAgency;
  scope: TextRef;
  purpose: TextRef;
  dueOn: Day;
}

export type EnquiryEvent =
  | EnquiryOpened
  | EnquiryOpeningRevised
  | EnquiryImported
  | EnquiryAllocated
  | EnquiryConcluded
  | EnquiryCaused
  | { type: 'EnquiryReallocated'; at: Instant; worker: string; team: string; by: string; reason: TextRef }
  | { type: 'ProgressChecked'; at: Instant; by: string; note: TextRef; dueOn: Day | null }
  | { type: 'EnquiryPlanned'; at: Instant; by: string; outcomesAsked: OutcomesAsked; words: TextRef | null }
  | { type: 'WhetherToGoOnAsked'; at: Instant }
  | { type: 'WhetherToGoOnAnswered'; at: Instant; by: string; goOn: boolean; reason: TextRef }
  | { type: 'EnquiryReopened'; at: Instant; by: string; reason: TextRef }
  | { type: 'ProtectionPlanSet'; at: Instant; by: string; plan: TextRef; reviewOn: Day }
  | { type: 'ProtectionPlanReviewed'; at: Instant; by: string; outcome: PlanReviewOutcome; review: TextRef; reviewOn: Day | null }
  | { type: 'EnquiryCorrected'; at: Instant; by: string; correction: Correction; reason: TextRef }
  | { type: 'EnteredInErrorProposed'; at: Instant; by: string; reason: TextRef }
  | { type: 'EnteredInErrorDeclined'; at: Instant; by: string; reason: TextRef }
  | { type: 'EnquiryEnteredInError'; at: Instant; proposedBy: string; confirmedBy: string; reason: TextRef }
  | KeepingEvent<RetentionBasis>
  | Disposing<'EnquiryDisposed', RetentionBasis>;
