import type { TextRef } from '#libs/decider';
import type { KeepingFromEvent, RestrictionEvent } from '#libs/restriction';
import type { Disposing, KeepingEvent } from '#libs/retention';
import type { Instant } from '#libs/calendar';

import type { Circumstances } from './circumstances.js';
import type {
  AbuseType,
  AgeBand,
  Channel,
  ConsentSaid,
  Council,
  DangerSaid,
  FileKind,
  FileVerdict,
  FollowedBy,
  FurtherRoute,
  LocationType,
  MessageWay,
  MissingItem,
  NoNoticeReason,
  NotSafeguardingReason,
  NotSentReason,
  Outcome,
  ReferrerType,
  Route,
  SourceOfRisk,
  Way,
} from './codes.js';
import type { Allegation, Particulars } from './particulars.js';
import type { RetentionBasis } from './retention-rules.js';
import type { Limbs } from './three-limbs.js';
import type { Wishes } from './wishes.js';

export type { Particulars } from './particulars.js';

/** One thing put right. What was decided is not corrected but decided again. */
export type Correction =
  | { field: 'receivedAt'; value: Instant }
  | { field: 'channel'; value: Channel | null }
  | { field: 'referrerType'; value: ReferrerType | null }
  | { field: 'abuseTypes'; value: AbuseType[] }
  | { field: 'locationType'; value: LocationType | null }
  | { field: 'sourceOfRisk'; value: SourceOfRisk | null }
  | { field: 'immediateRisk'; value: boolean | null }
  | { field: 'otherAllegations'; value: Allegation[] };

export interface ConcernReceived extends Particulars {
  type: 'ConcernReceived';
  at: Instant;
  /** What people call it by: the old system's reference, or ours. */
  reference: string;
  hasContact: boolean;
  /** How whoever raised it may see how it goes on; left out where they may not, and in what came before that was told. */
  followedBy?: FollowedBy;
  toChase: MissingItem[];
  account: TextRef | null;
}

/** A decision that was made before the record came here, with as much as the old system tells. */
export interface LegacyDecision {
  at: Instant;
  outcome: Outcome;
  limbs: Limbs;
  reason: TextRef | null;
  decidedByInWords: TextRef | null;
  notSafeguardingReason: NotSafeguardingReason | null;
}

/** A record from another system, with its whole history: received there, about whom, and what was decided there. */
export interface ConcernImported extends Particulars {
  type: 'ConcernImported';
  at: Instant;
  reference: string;
  account: TextRef | null;
  person: { personId: string; ageBand: AgeBand } | null;
  decision: LegacyDecision | null;
}

/** To which other council a matter falls: one that is known here, or another in words. */
export interface OtherAuthority {
  code: Council | null;
  words: TextRef | null;
}

export interface ConcernTriaged {
  type: 'ConcernTriaged';
  at: Instant;
  /** First, second, … decision on this concern. */
  decision: number;
  limbs: Limbs;
  outcome: Outcome;
  reason: TextRef | null;
  otherEnquiryReason: TextRef | null;
  notSafeguardingReason: NotSafeguardingReason | null;
  furtherRoutes: FurtherRoute[];
  sarReferral: boolean | null;
  decidedBy: string | null;
  /** Who decided, in the words of the system that the record came from. */
  decidedByInWords: TextRef | null;
  legacy: boolean;
  /** Left out where nothing was said of them, as in what was decided before they were asked. */
  circumstances?: Circumstances;
  /** Left out where none was said, as in what was decided before it was asked. */
  otherAuthority?: OtherAuthority;
}

/** Where a decision sends the matter that has not had it yet. By codes alone: a council that is not known here stands in the decision. */
export interface ConcernRouted {
  type: 'ConcernRouted';
  at: Instant;
  decision: number;
  routes: { route: Route; otherAuthority?: Council }[];
}

/** Whoever is at the other end says that they have it, as somebody heard. */
export interface RouteReceived {
  type: 'RouteReceived';
  at: Instant;
  by: string;
  route: Route;
  /** The decision that sent it there. */
  decision: number;
  /** With whom somebody spoke, and what they call it there. */
  reference: TextRef | null;
}

/** They do not take it: whoever works on the concern has to find another way. */
export interface RouteRefused {
  type: 'RouteRefused';
  at: Instant;
  by: string;
  route: Route;
  decision: number;
  reason: TextRef;
}

/** What somebody had put down of a decision that they did not make yet, whole or not. It decides nothing. */
export interface Leaning {
  outcome: Outcome | null;
  reason: TextRef | null;
  otherEnquiryReason: TextRef | null;
  notSafeguardingReason: NotSafeguardingReason | null;
  furtherRoutes: FurtherRoute[];
  sarReferral: boolean | null;
  otherAuthority?: OtherAuthority;
}

/** How far somebody came in judging a concern; a null answer was not given yet. */
export interface LimbsConsidered {
  type: 'LimbsConsidered';
  at: Instant;
  by: string;
  limbs: Limbs;
  circumstances: Circumstances;
  /** Left out where nothing of a decision was put down. */
  leaning?: Leaning;
}

/** A decision made again, blind, by somebody else. It changes nothing of the first. */
export interface SecondLookGiven {
  type: 'SecondLookGiven';
  at: Instant;
  by: string;
  decision: number;
  limbs: Limbs;
  outcome: Outcome;
  reason: TextRef;
}

/** What is sent to whoever raised it. They are told once it has arrived. */
export interface MessageToReferrerWritten {
  type: 'MessageToReferrerWritten';
  at: Instant;
  by: string;
  decision: number;
  message: TextRef;
  way: Way;
  sendingId: string;
}

/** It did not arrive, and is not tried again by itself. */
export interface MessageToReferrerNotSent {
  type: 'MessageToReferrerNotSent';
  at: Instant;
  sendingId: string;
  way: Way;
  reason: NotSentReason;
}

/** `from`: whoever raised it wrote it themselves, and says what of that they answer; else somebody put down what came. */
export interface MoreAnswered {
  type: 'MoreAnswered';
  at: Instant;
  by: string | null;
  what: MissingItem[];
  answer: TextRef | null;
  consent?: ConsentSaid;
  from?: 'referrer';
  /** What they say of danger now; left out where they say nothing of it. */
  inDanger?: DangerSaid;
  /** What is known of danger from then on; left out where that changes nothing. */
  immediateRisk?: boolean;
}

/** Questions to whoever may answer them. `notice`: by which way whoever raised it hears that more is wanted, or why they do not; left out in what was asked before anybody was sent one. */
export interface MoreAskedFor {
  type: 'MoreAskedFor';
  at: Instant;
  by: string;
  what: MissingItem[];
  message: TextRef | null;
  notice?: { way: Way; sendingId: string } | { not: NoNoticeReason };
}

/** The notice that more is wanted did not arrive, and is not tried again; where it was decided while that waited, it was not sent at all. */
export interface NoticeNotSent {
  type: 'NoticeNotSent';
  at: Instant;
  sendingId: string;
  way: Way;
  reason: NotSentReason;
}

/** A file came. Nobody opens it before it was found clean. */
export interface FileAdded {
  type: 'FileAdded';
  at: Instant;
  by: string;
  fileId: string;
  kind: FileKind;
  bytes: number;
  name: TextRef;
}

/** With whom it was about, so that whoever keeps who they are learns that it needs them no more; absent where nobody knew, and of those that went before that was told. */
export type ConcernDisposed = Disposing<'ConcernDisposed', RetentionBasis> & { personId?: string };

export type ConcernEvent =
  | ConcernReceived
  | ConcernImported
  | ConcernTriaged
  | ConcernRouted
  | RouteReceived
  | RouteRefused
  | LimbsConsidered
  | { type: 'PersonIdentified'; at: Instant; personId: string; personSequence: number; ageBand: AgeBand }
  | { type: 'ConcernAssigned'; at: Instant; by: string; to: string | null }
  | MoreAskedFor
  | NoticeNotSent
  | MoreAnswered
  | { type: 'WishesRecorded'; at: Instant; by: string; wishes: Wishes }
  /** Nobody chose it: by lot. */
  | { type: 'SecondLookDrawn'; at: Instant; decision: number }
  | SecondLookGiven
  | { type: 'ConcernReopened'; at: Instant; by: string; previousOutcome: Outcome; hasEnquiry?: boolean; reason: TextRef }
  | MessageToReferrerWritten
  | MessageToReferrerNotSent
  /** `way` is left out where somebody told them otherwise, and wrote down what they said. */
  | { type: 'ReferrerTold'; at: Instant; by: string; decision: number; message: TextRef | null; way?: MessageWay }
  | { type: 'ReferrerNotTold'; at: Instant; by: string; decision: number; reason: TextRef }
  | FileAdded
  | { type: 'FileJudged'; at: Instant; fileId: string; verdict: FileVerdict }
  /** `kinds`: those in all that is alleged from then on, where the correction alone does not tell them. */
  | { type: 'ConcernCorrected'; at: Instant; by: string; correction: Correction; kinds?: AbuseType[]; reason: TextRef }
  /** Null: it is not said any more at which place. A reason where another was said before. */
  | { type: 'PlaceNamed'; at: Instant; by: string; placeId: string | null; reason: TextRef | null }
  /** Whether whoever raised it may be causing the harm or be close to whoever does, as somebody found who knows more than what was said. */
  | { type: 'ReferrerJudged'; at: Instant; by: string; mayBeSource: boolean; reason: TextRef }
  /** Danger that was told after the decision was seen to, and the decision stands. */
  | { type: 'DangerSeenTo'; at: Instant; by: string; reason: TextRef }
  | { type: 'EnteredInErrorProposed'; at: Instant; by: string; reason: TextRef }
  | { type: 'EnteredInErrorDeclined'; at: Instant; by: string; reason: TextRef }
  | { type: 'ConcernEnteredInError'; at: Instant; proposedBy: string; confirmedBy: string; hasEnquiry?: boolean; reason: TextRef }
  | RestrictionEvent<'ConcernRestricted'>
  | KeepingFromEvent<'ConcernKeptFrom'>
  | KeepingEvent<RetentionBasis>
  | ConcernDisposed;
