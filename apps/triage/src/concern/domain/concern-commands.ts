import type { TextRef } from '#libs/decider';
import type { Instant } from '#libs/calendar';
import type { BreakGlass, Keep, KeepNoMore, KeptForPerson, LiftRestriction, Restrict } from '#libs/restriction';

import type { Circumstances } from './circumstances.js';
import type { AgeBand, ConsentSaid, DangerSaid, FileKind, FileVerdict, FollowedBy, FurtherRoute, MessageWay, MissingItem, NotSafeguardingReason, NotSentReason, Outcome, Way } from './codes.js';
import type { Correction, Leaning, LegacyDecision, OtherAuthority, Particulars } from './concern-events.js';
import type { Schedule } from './retention.js';
import type { Limbs } from './three-limbs.js';
import type { Wishes } from './wishes.js';

interface Act {
  at: Instant;
  by: string;
}

export interface ReceiveConcern extends Particulars {
  type: 'ReceiveConcern';
  at: Instant;
  reference: string;
  /** Is there anything at all that worries whoever raised it? */
  hasWorry: boolean;
  /** Can whoever raised it be reached? It may be raised without a name. */
  hasContact: boolean;
  /** Left out where they may not see how it goes on. */
  followedBy?: FollowedBy;
  missing: MissingItem[];
  account: TextRef | null;
}

export interface ImportConcern extends Particulars {
  type: 'ImportConcern';
  at: Instant;
  reference: string;
  account: TextRef | null;
  person: { personId: string; ageBand: AgeBand } | null;
  decision: LegacyDecision | null;
  /** Whom the restricted concerns about the same person are open to, as of when it is brought here. */
  restricted?: { at: Instant; names: readonly string[] };
  /** From whom those are kept for the person's sake. */
  kept?: { at: Instant; keptFrom: readonly KeptForPerson[] };
}

export interface TriageConcern {
  type: 'TriageConcern';
  at: Instant;
  limbs: Limbs;
  circumstances: Circumstances;
  /** Null where none was chosen, which is refused. */
  outcome: Outcome | null;
  reason: TextRef | null;
  decidedBy: string;
  /** Null where they have been recorded before. */
  wishes: Wishes | null;
  otherEnquiryReason: TextRef | null;
  notSafeguardingReason: NotSafeguardingReason | null;
  furtherRoutes: FurtherRoute[];
  /** Care Act 2014, s.44: is this to go to the board for a Safeguarding Adult Review? Null: not said. */
  sarReferral: boolean | null;
  /** Left out where none is said. */
  otherAuthority?: OtherAuthority;
  /** Whether it is drawn for a second look: it is where the value, which nobody can foresee, lies below the share. */
  lot: { value: number; share: number };
}

/** A second look at a decision, blind. */
export interface LookAgain extends Act {
  type: 'LookAgain';
  limbs: Limbs;
  outcome: Outcome | null;
  reason: TextRef | null;
  /** Whether they opened the concern since it was decided. */
  hasSeen: boolean;
}

/** What is asked for, and how whoever raised it can be told that more is wanted; left out where nobody chose to tell them. `isSaidSafe`: they answered that it is not dangerous, and wished for nothing besides. */
interface Asked {
  what: MissingItem[];
  message: TextRef | null;
  notice?: { sendingId: string; reach: Reach; isSaidSafe: boolean; isSafe: boolean; isCarried: boolean };
}

/** How far somebody is; a null answer is one not given yet. */
export interface ConsiderLimbs extends Act {
  type: 'ConsiderLimbs';
  limbs: Limbs;
  circumstances: Circumstances;
  /** Null where nothing is said of them now. */
  wishes: Wishes | null;
  /** Null where nothing of a decision is written yet. */
  leaning: Leaning | null;
  /** What is asked for at the same time. */
  ask: Asked | null;
}

/** How whoever raised it can be reached, by what they said themselves. */
export interface Reach extends Record<Way, boolean> {
  /** They say that it could be dangerous. */
  isRisky: boolean;
  /** They said in words how and when it is safe, which a person has to read. */
  hasWishes: boolean;
}

export interface SendToReferrer extends Act {
  type: 'SendToReferrer';
  message: TextRef | null;
  /** Of the message, in characters. */
  length: number;
  way: MessageWay;
  sendingId: string;
  reach: Reach;
  /** Whoever sends it has read how they want to be reached. */
  isSafe: boolean;
  /** They were told before, and are written to again: what they were told needs putting right, or adding to. */
  isAgain: boolean;
}

/** By what somebody adds to a concern: as themselves or, without an account, with the receipt of what they have just sent, or by a code; or since they work here. */
export type LetInBy = 'account' | 'receipt' | 'code' | 'work';

/** What whoever raised it writes of it besides, and what of what was asked they say that it answers. */
export interface TellMore extends Act {
  type: 'TellMore';
  what: MissingItem[];
  words: TextRef | null;
  /** Left out where they say nothing of it. */
  inDanger?: DangerSaid;
  letInBy: FollowedBy;
}

/** A file that came whole, and of which the content is kept elsewhere. */
export interface AddFile extends Act {
  type: 'AddFile';
  fileId: string;
  kind: FileKind;
  bytes: number;
  name: TextRef | null;
  /** How many a concern may have. */
  most: number;
  letInBy: LetInBy;
}

/** `restrictedTo`: whom the restricted concerns about the same person are open to; `keptFrom`: from whom those are kept for that person's sake. `personSequence` counts what was told of that person, so that what is told late does not undo what came after it. */
export type IdentifyPerson = { type: 'IdentifyPerson'; at: Instant; personId: string; personSequence: number; ageBand: AgeBand; restrictedTo?: readonly string[]; keptFrom?: readonly KeptForPerson[] };
/** `to` is null where nobody is to have it any more. */
export type AssignConcern = Act & { type: 'AssignConcern'; to: string | null };
export type AskForMore = Act & Asked & { type: 'AskForMore' };
/** `by` is null where the answer came in without a member of staff. */
export type AnswerMore = { type: 'AnswerMore'; at: Instant; by: string | null; what: MissingItem[]; answer: TextRef | null; consent?: ConsentSaid };
export type RecordWishes = Act & { type: 'RecordWishes'; wishes: Wishes };
export type ReopenConcern = Act & { type: 'ReopenConcern'; reason: TextRef | null };
export type TellReferrer = Act & { type: 'TellReferrer'; message: TextRef | null };
export type RecordSent = { type: 'RecordSent'; at: Instant; sendingId: string };
export type RecordNotSent = { type: 'RecordNotSent'; at: Instant; sendingId: string; reason: NotSentReason };
/** What a scanner found of a file; nobody else says so. */
export type JudgeFile = { type: 'JudgeFile'; at: Instant; fileId: string; verdict: FileVerdict };
export type RecordReferrerNotTold = Act & { type: 'RecordReferrerNotTold'; reason: TextRef | null };
export type CorrectConcern = Act & { type: 'CorrectConcern'; correction: Correction; reason: TextRef | null };
/** `placeId` is null where it is not to be said any more. `isKnown`: there is such a place among those of the authority; true where none is named. */
export type NamePlace = Act & { type: 'NamePlace'; placeId: string | null; isKnown: boolean; reason: TextRef | null };
export type JudgeReferrer = Act & { type: 'JudgeReferrer'; mayBeSource: boolean; reason: TextRef | null };
/** Danger that was told after the decision was seen to. */
export type SeeToDanger = Act & { type: 'SeeToDanger'; reason: TextRef | null };
export type ProposeEnteredInError = Act & { type: 'ProposeEnteredInError'; reason: TextRef | null };
export type DeclineEnteredInError = Act & { type: 'DeclineEnteredInError'; reason: TextRef | null };
export type ConfirmEnteredInError = Act & { type: 'ConfirmEnteredInError' };
export type PlaceLegalHold = Act & { type: 'PlaceLegalHold'; reason: TextRef | null };
export type LiftLegalHold = Act & { type: 'LiftLegalHold'; reason: TextRef | null };
/** `isEnquiryHeld`: its enquiry is under a legal hold, as `section42` says. */
export type ProposeDisposal = Act & Schedule & { type: 'ProposeDisposal'; isEnquiryHeld: boolean };
export type DeclineDisposal = Act & { type: 'DeclineDisposal'; reason: TextRef | null };
export type ConfirmDisposal = Act & Schedule & { type: 'ConfirmDisposal'; isEnquiryHeld: boolean };

export type RestrictConcern = { type: 'RestrictConcern' } & Restrict;
export type KeepConcernFrom = { type: 'KeepConcernFrom' } & Keep;
export type { BreakGlass, KeepNoMore, LiftRestriction };

export type ConcernCommand =
  | ReceiveConcern
  | ImportConcern
  | IdentifyPerson
  | AssignConcern
  | AskForMore
  | AnswerMore
  | TellMore
  | RecordWishes
  | ConsiderLimbs
  | TriageConcern
  | LookAgain
  | ReopenConcern
  | TellReferrer
  | RecordReferrerNotTold
  | SendToReferrer
  | RecordSent
  | RecordNotSent
  | AddFile
  | JudgeFile
  | CorrectConcern
  | NamePlace
  | JudgeReferrer
  | SeeToDanger
  | ProposeEnteredInError
  | DeclineEnteredInError
  | ConfirmEnteredInError
  | RestrictConcern
  | LiftRestriction
  | BreakGlass
  | KeepConcernFrom
  | KeepNoMore
  | PlaceLegalHold
  | LiftLegalHold
  | ProposeDisposal
  | DeclineDisposal
  | ConfirmDisposal;
