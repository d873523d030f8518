import type { Instant } from '#libs/calendar';

/** One published event as the facts need it: which record's, the how-manieth of it, and when we learnt it. */
export interface Told<Type extends string, Data> {
  readonly type: Type;
  readonly recordId: string;
  /** Counts the record's published events; within a record, the later one holds. */
  readonly sequence: number;
  readonly recordedAt: Instant;
  readonly authority: string | null;
  /** Whether somebody did it, and not who; null: it was taken before that was kept. */
  readonly hasActor: boolean | null;
  readonly data: Data;
}

type Given<Fields> = { [Key in keyof Fields]?: Fields[Key] | undefined };

interface ConcernCodes {
  channel: string | null;
  referrerType: string | null;
  abuseTypes: string[];
  locationType: string | null;
  sourceOfRisk: string | null;
}

/** The link to a person is missing once the person was disposed of. */
interface Subject {
  personId: string;
  ageBand: string;
}

/** A decision as it is told, made here or elsewhere. */
export interface Decided {
  decidedAt: Instant;
  outcome: string;
  notSafeguardingReason?: string | null;
}

/** What tells about concerns. */
export type ConcernTold =
  | Told<'safeguarding.concern.received.v1', { receivedAt: Instant } & ConcernCodes>
  | Told<'safeguarding.concern.imported.v1', { receivedAt: Instant; decision: Decided | null } & ConcernCodes & Given<{ [Key in keyof Subject]: Subject[Key] | null }>>
  | Told<'safeguarding.concern.identified.v1', Given<Subject>>
  | Told<'safeguarding.concern.triaged.v1', Decided & Given<{ sarReferral: boolean }>>
  | Told<'safeguarding.concern.wishes-recorded.v1', { outcomesAsked: string } & Given<{ couldNotAsk: true }>>
  | Told<'safeguarding.concern.reopened.v1', { reopenedAt: Instant }>
  | Told<'safeguarding.concern.feedback-recorded.v1', { told: boolean; at: Instant }>
  | Told<'safeguarding.concern.corrected.v1', Given<{ receivedAt: Instant } & ConcernCodes>>
  | Told<'safeguarding.concern.entered-in-error.v1', object>;

interface EnquiryCodes {
  outcomesAsked: string | null;
  outcomesAchieved: string | null;
  mentalCapacity: string | null;
  advocate: string | null;
}

/** What tells about enquiries. */
export type EnquiryTold =
  | Told<'safeguarding.enquiry.opened.v1', { concernId: string; kind: string; openedAt: Instant }>
  | Told<'safeguarding.enquiry.allocated.v1', { allocatedAt: Instant; again: boolean }>
  | Told<'safeguarding.enquiry.concluded.v1', { concludedAt: Instant } & EnquiryCodes>
  | Told<'safeguarding.enquiry.reopened.v1', { reopenedAt: Instant }>
  | Told<'safeguarding.enquiry.corrected.v1', Given<{ openedAt: Instant; allocatedAt: Instant; concludedAt: Instant } & EnquiryCodes>>
  | Told<'safeguarding.enquiry.entered-in-error.v1', object>;

interface DolsCodes {
  kind: string;
  setting: string | null;
}

/** What tells about DoLS requests. */
export type DolsTold =
  | Told<'safeguarding.dols-request.received.v1', { receivedAt: Instant } & DolsCodes>
  | Told<'safeguarding.dols-request.imported.v1', { receivedAt: Instant; decidedAt: Instant | null; outcome: string | null } & DolsCodes & Given<Subject>>
  | Told<'safeguarding.dols-request.identified.v1', Given<Subject>>
  | Told<'safeguarding.dols-request.decided.v1', { decidedAt: Instant; outcome: string }>
  | Told<'safeguarding.dols-request.corrected.v1', Given<{ receivedAt: Instant; decidedAt: Instant } & DolsCodes>>
  | Told<'safeguarding.dols-request.entered-in-error.v1', object>;

interface Characteristics {
  gender: string;
  ethnicity: string;
  primarySupportReason: string;
  localArea: string | null;
}

/** What tells about people: coded characteristics under a pseudonym, never a name. */
export type PersonTold =
  | Told<'safeguarding.person.registered.v1', Characteristics>
  | Told<'safeguarding.person.characteristics-corrected.v1', Given<Characteristics>>
  | Told<'safeguarding.person.joined.v1', { into: string }>
  | Told<'safeguarding.person.separated.v1', object>
  | Told<'safeguarding.person.disposed.v1', object>;

/** Every event that a fact is made of. */
export type AnyTold = ConcernTold | EnquiryTold | DolsTold | PersonTold;
