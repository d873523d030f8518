import type { TextRef } from '#libs/decider';
import type { Instant } from '#libs/calendar';

import type { AgeBand, MissingItem } from './codes.js';
import type { ConcernTriaged, LimbsConsidered, Particulars } from './concern-events.js';
import type { Wishes } from './wishes.js';

/** Somebody has said that this should never have been recorded; a second person has yet to agree. */
export interface ErrorProposal {
  by: string;
  at: Instant;
  reason: TextRef;
}

/** What is known of a concern, whatever has become of it. */
export interface Story {
  reference: string;
  receivedAt: Instant;
  legacy: boolean;
  particulars: Particulars;
  hasContact: boolean;
  toChase: MissingItem[];
  personId: string | null;
  /** The how-manieth word on that person this was; 0 where an import says it. */
  personSequence: number;
  ageBand: AgeBand | null;
  wishes: Wishes | null;
  /** How far somebody is in judging it; null once it is decided. */
  considered: LimbsConsidered | null;
  /** Who is to decide it. */
  assignedTo: string | null;
  earlierDecisions: ConcernTriaged[];
  errorProposal: ErrorProposal | null;
}

export interface AwaitingTriage {
  status: 'awaiting-triage';
  story: Story;
  /** When the clocks started: on receipt or, since then, on reopening. Nothing stops them but a decision. */
  clocksFrom: Instant;
}

/** `not_known` is for decisions that were made elsewhere, before the record came here. */
export type Feedback = 'owed' | 'told' | 'not_told' | 'not_known';

export interface Triaged {
  status: 'triaged';
  story: Story;
  decision: ConcernTriaged;
  feedback: Feedback;
}

export interface EnteredInError {
  status: 'entered-in-error';
  story: Story;
  proposedBy: string;
  confirmedBy: string;
  reason: TextRef;
}

export type Concern = { status: 'absent' } | AwaitingTriage | Triaged | EnteredInError;
