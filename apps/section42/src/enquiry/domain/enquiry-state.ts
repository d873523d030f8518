import type { TextRef } from '#libs/decider';
import type { Day, Instant } from '#libs/calendar';
import type { Keeping } from '#libs/retention';

import type { ConductedBy, EnquiryKind } from './codes.js';
import type { EnquiryAllocated, EnquiryCaused, EnquiryConcluded, EnquiryEvent, Findings } from './enquiry-events.js';
import type { RetentionBasis } from './retention-rules.js';

/** The concern was opened again; a manager says whether the enquiry goes on. The answer closes nothing. */
export interface GoOnQuestion {
  askedAt: Instant;
  answer: { goOn: boolean; by: string; at: Instant } | null;
}

/** What is known of an enquiry, whatever has become of it. */
export interface Story extends Keeping {
  concernId: string;
  reference: string;
  kind: EnquiryKind;
  openedAt: Instant;
  /** The time of opening is that of a record or a correction: no decision moves it any more. */
  isOpeningSettled: boolean;
  isImported: boolean;
  /** Some of it was decided or recorded elsewhere. Without a record (`isImported`) the enquiry is assumed from the decision. */
  isLegacy: boolean;
  /** Which decisions on the concern came to this enquiry, in order. */
  decisions: number[];
  conductedBy: ConductedBy | null;
  allocationInWords: TextRef | null;
  findings: Findings | null;
  /** The terms on which another agency makes it. */
  caused: Pick<EnquiryCaused, 'agency' | 'scope' | 'purpose' | 'dueOn'> | null;
  plan: Extract<EnquiryEvent, { type: 'EnquiryPlanned' }> | null;
  protectionPlan: { plan: TextRef; reviewOn: Day } | null;
  goOnQuestion: GoOnQuestion | null;
  errorProposal: { by: string; at: Instant; reason: TextRef } | null;
  earlierConclusions: EnquiryConcluded[];
  lastContactAt: Instant;
}

/** Who has it now, since when anybody has. */
export type Allocation = Pick<EnquiryAllocated, 'at' | 'worker' | 'team'>;

export interface Open {
  status: 'open';
  story: Story;
}

export interface Allocated {
  status: 'allocated';
  story: Story;
  allocation: Allocation;
}

export interface Concluded {
  status: 'concluded';
  story: Story;
  allocation: Allocation;
  conclusion: EnquiryConcluded;
}

export interface EnteredInError {
  status: 'entered-in-error';
  story: Story;
  proposedBy: string;
  confirmedBy: string;
  reason: TextRef;
}

/** What is left at the end of its retention: that there was an enquiry, and what it found, in codes. */
export interface Disposed {
  status: 'disposed';
  story: Story;
  disposedAt: Instant;
  proposedBy: string;
  confirmedBy: string;
  retention: RetentionBasis;
}

export type Enquiry = { status: 'absent' } | Open | Allocated | Concluded | EnteredInError | Disposed;
