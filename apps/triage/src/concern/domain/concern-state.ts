import type { TextRef } from '#libs/decider';
import type { Instant } from '#libs/calendar';
import type { Restrictable } from '#libs/restriction';
import type { Keeping } from '#libs/retention';

import type { AbuseType, AgeBand, DangerSaid, FileVerdict, FollowedBy, MissingItem } from './codes.js';
import type { ConcernTriaged, FileAdded, LimbsConsidered, MessageToReferrerNotSent, MessageToReferrerWritten, MoreAskedFor, Particulars, SecondLookGiven } from './concern-events.js';
import type { RetentionBasis } from './retention-rules.js';
import type { Wishes } from './wishes.js';

/** Somebody has said that this should never have been recorded; a second person has yet to agree. */
export interface ErrorProposal {
  by: string;
  at: Instant;
  reason: TextRef;
}

/** That a decision was drawn for a second look, and what that came to; null: it is owed. */
export interface SecondLook {
  decision: number;
  given: SecondLookGiven | null;
}

/** A file of a concern: held until it is judged. */
export interface FileOfConcern extends Pick<FileAdded, 'at' | 'by' | 'kind' | 'bytes' | 'name'> {
  id: string;
  state: 'held' | FileVerdict;
}

/** What is known of a concern, whatever has become of it. */
export interface Story extends Keeping, Restrictable {
  reference: string;
  receivedAt: Instant;
  legacy: boolean;
  particulars: Particulars;
  /** The kinds of abuse as whoever raised it named them, whatever was put right since. */
  namedByThem: AbuseType[];
  /** As whom they raised it, as it was received, whatever was put right since. */
  raisedAs: Particulars['referrerType'];
  /** Whether whoever raised it may be causing the harm, as somebody found; null where nobody said, and what was said when it came in tells. */
  foundToBeSource: boolean | null;
  hasContact: boolean;
  /** By what whoever raised it may see how it goes on; null where they may not, or nobody says. */
  followedBy: FollowedBy | null;
  toChase: MissingItem[];
  /** What somebody asked for last; null where nobody asked for anything in particular, or it was decided since. */
  asked: MoreAskedFor | null;
  /** The place of the directory at which it happened; null where nobody says so. */
  placeId: string | null;
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
  secondLooks: SecondLook[];
  files: FileOfConcern[];
  /** What whoever raised it wrote besides: when, what of what was asked they say that it answers, and what they said of danger now. */
  toldBesides: { at: Instant; what: MissingItem[]; inDanger?: DangerSaid }[];
  /** When they did last, until somebody works on the concern. */
  moreCameAt: Instant | null;
  /** Since when it waits that whoever raised it told of danger after the decision; null: they did not, or somebody saw to it. */
  dangerToldAt: Instant | null;
  errorProposal: ErrorProposal | null;
  /** When anybody last dealt with it. */
  lastContactAt: Instant;
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
  /** What is on its way to whoever raised it. */
  sending: MessageToReferrerWritten | null;
  /** What was written to them last, for them to read again; null where they were told otherwise. */
  written: TextRef | null;
  /** What did not arrive, until they are told or another is written. */
  notSent: MessageToReferrerNotSent | null;
}

export interface EnteredInError {
  status: 'entered-in-error';
  story: Story;
  proposedBy: string;
  confirmedBy: string;
  reason: TextRef;
}

/** What is left at the end of its retention: that there was a concern, and what was decided, in codes. */
export interface Disposed {
  status: 'disposed';
  story: Story;
  disposedAt: Instant;
  proposedBy: string;
  confirmedBy: string;
  retention: RetentionBasis;
}

export type Concern = { status: 'absent' } | AwaitingTriage | Triaged | EnteredInError | Disposed;
