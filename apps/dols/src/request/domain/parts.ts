import type { AgeBand, Day, Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import type {
  Answer,
  AssessmentKind,
  Band,
  EndReason,
  Factor,
  Informant,
  Kind,
  Outcome,
  ScreeningResult,
  Setting,
} from './codes.js';
import type { LegalTestCode } from './legal-tests.js';

/** An opaque staff or assessor id; null where an old system does not tell. */
export type Who = string | null;

/** What was asked for. */
export interface Details {
  /** What people call the request by. */
  reference: string;
  kind: Kind;
  urgent: boolean | null;
  urgentExpiresOn: Day | null;
  setting: Setting | null;
  managingAuthority: TextRef | null;
  receivedAt: Instant;
  /** The request whose authorisation this one renews. */
  renewalOf: string | null;
}

export interface PersonKnown {
  personId: string;
  /** The how-manieth word on that person this was; 0 where an import says it. What is told late does not undo what came after it. */
  personSequence: number;
  ageBand: AgeBand | null;
}

export type Evidence = Partial<Record<Factor, Answer>>;

export interface Screening {
  factors: Evidence;
  result: ScreeningResult;
  legalTest: LegalTestCode;
  reason: TextRef | null;
}

export interface Assessors {
  bestInterestsAssessor: Who;
  mentalHealthAssessor: Who;
}

/** A report that was written for another purpose and serves as one of the six (Schedule A1, paragraph 49). */
export interface Equivalent {
  reportOn: Day;
  stillAccurate: TextRef | null;
}

export interface Assessment {
  assessment: AssessmentKind;
  result: 'met' | 'not_met';
  assessor: string;
  assessedOn: Day;
  equivalent: Equivalent | null;
}

/** A dated word from somebody who knows: what a withdrawal, a death and a move rest on. */
export interface Source {
  from: Informant;
  on: Day;
  words: TextRef | null;
}

export type Representative =
  | { appointed: 'unpaid' | 'paid'; name: TextRef | null }
  | { appointed: 'nobody'; reason: TextRef | null };

export interface Granted {
  outcome: 'granted';
  authorisedFrom: Day;
  authorisedTo: Day;
  conditions: TextRef[];
  representative: Representative;
}

export type Decision =
  | Granted
  | { outcome: 'not_granted'; negativeAssessment: AssessmentKind | null }
  | { outcome: 'withdrawn' | 'died' | 'moved'; source: Source | null };

export interface Ending {
  endedOn: Day;
  why: EndReason;
  source: Source | null;
  reason: TextRef | null;
}

/** A look at somebody who waits: are they still there, has anything changed, when next. */
export interface WaitingContact {
  spokenTo: 'managing_authority' | 'person' | 'family_or_friend' | 'representative';
  stillThere: boolean | null;
  changed: boolean | null;
  objects: boolean | null;
  nextContactOn: Day;
  note: TextRef | null;
}

/** What an old system held. It was decided elsewhere: the format of the extract judges it, not these rules. */
export interface Legacy extends Omit<Details, 'renewalOf' | 'urgentExpiresOn'> {
  personId: string;
  ageBand: AgeBand;
  priority: Band | null;
  allocatedAt: Instant | null;
  /** Free text of the old system, which may be a name: kept as words. */
  bestInterestsAssessor: TextRef | null;
  decidedAt: Instant | null;
  outcome: Outcome | null;
  authorisedFrom: Day | null;
  authorisedTo: Day | null;
}

/** What can be put right afterwards, with a reason. The dates of an authorisation only where there is one. */
export type Corrections = Partial<
  Pick<Details, 'kind' | 'urgent' | 'urgentExpiresOn' | 'setting' | 'managingAuthority' | 'receivedAt'> & {
    authorisedFrom: Day;
    authorisedTo: Day;
  }
>;
