import type { Day, Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import type { Tx } from '#libs/journal';
import type { ReasonCode } from '../domain/matching.js';
import type { RecordKind } from '../domain/parts.js';
import type { HeldIdentity } from './held-identity.js';

/** The people most worth comparing with each of some identities, the most alike first, and who they are. */
export interface Candidates {
  of: string[][];
  held: Map<string, HeldIdentity>;
}

/** Who people are, and how they are found. The only lasting home of an identity. */
export abstract class PersonFile {
  /** Files new people, and what each can be found by. */
  abstract keep(tx: Tx, people: { personId: string; identity: HeldIdentity }[]): Promise<void>;
  /** Puts another identity in the place of the one that is held. */
  abstract replace(tx: Tx, personId: string, identity: HeldIdentity): Promise<void>;
  /** Who these people are; one whose identity was disposed of is absent. */
  abstract read(tx: Tx, personIds: string[]): Promise<Map<string, HeldIdentity>>;
  /** 200 for each identity at most, joined ones left out. */
  abstract candidates(tx: Tx, identities: HeldIdentity[]): Promise<Candidates>;
  /** Throws `NotYet` while somebody is found by less than they should be, as for a while after an update: they might be missed. */
  abstract ensureAllFindable(tx: Tx): Promise<void>;
}

/** What a record said about its person. */
export interface KeptClaim {
  personId: string;
  recordId: string;
  recordKind: RecordKind;
  authority: string;
  receivedOn: Day;
  given: object;
}

export interface Suggestion {
  personId: string;
  otherPersonId: string;
  recordId: string;
  score: number;
  reasons: ReasonCode[];
}

/** What somebody found of two people who may be one. */
export interface Finding {
  verdict: 'joined' | 'kept_apart' | 'may_be_one' | 'separated';
  otherPersonId: string;
  at: Instant;
  by: string | null;
  reason: TextRef | null;
}

export type Correction = Pick<Finding, 'at' | 'by'>;

/** A record that names somebody, by its day. */
export type Naming = Pick<KeptClaim, 'personId' | 'recordId' | 'recordKind' | 'receivedOn'>;

/** What records said about people, and which people may be one. */
export abstract class ClaimFile {
  /** Which of these records are claimed already. */
  abstract claimed(tx: Tx, recordIds: string[]): Promise<Set<string>>;
  abstract keep(tx: Tx, claims: KeptClaim[]): Promise<void>;
  /** That these records, which came with an extract, name these people. */
  abstract noteImported(tx: Tx, namings: readonly Pick<KeptClaim, 'recordId' | 'personId' | 'authority'>[]): Promise<void>;
  /** Those of these people whom this authority knows by claims, and records of an extract, alone, all of which are restricted and not open to whoever asks. */
  abstract hiddenOnly(tx: Tx, personIds: string[], authority: string): Promise<Set<string>>;
  /** What this authority's records said about these people, less what is restricted and not open to whoever asks. */
  abstract saidOf(tx: Tx, personIds: string[], authority: string): Promise<KeptClaim[]>;
  /** The records that named this person here, with their days. */
  abstract daysOf(tx: Tx, personId: string): Promise<{ recordId: string; receivedOn: Day }[]>;
  abstract suggest(tx: Tx, suggestions: Suggestion[]): Promise<void>;
  /** Somebody has looked at these two. */
  abstract settle(tx: Tx, pair: readonly [string, string], decided: 'joined' | 'kept_apart'): Promise<void>;
  abstract suggestionsFor(tx: Tx, personId: string, authority: string): Promise<Omit<Suggestion, 'recordId'>[]>;
  /** What this authority's people found of this person and others, whichever of the two it was found of, the latest last. */
  abstract found(tx: Tx, personId: string, authority: string): Promise<Finding[]>;
  /** Who of this authority put right last who this person is; what another's people did is theirs. */
  abstract corrected(tx: Tx, personId: string, authority: string): Promise<Correction | null>;
  /** This authority's records that name these people, the latest first, less what is restricted and not open to whoever asks. */
  abstract naming(tx: Tx, personIds: string[], authority: string): Promise<Naming[]>;
}

/** Who may be seen by whom, and who stands for whom. */
export abstract class Acquaintance {
  /** Lets nobody else find out at the same time who is who; ends with the transaction. */
  abstract oneAtATime(tx: Tx): Promise<void>;
  /** Of these people, those whom this authority's records name, themselves or as somebody joined into them. */
  abstract known(tx: Tx, personIds: string[], authority: string): Promise<Set<string>>;
  /** Whom these ids stand for today, with that person's status; an id that nobody has is absent. */
  abstract standIns(tx: Tx, personIds: string[]): Promise<Map<string, { personId: string; status: string }>>;
  /** For each of these people, themselves first, whoever was joined into them. */
  abstract sides(tx: Tx, personIds: string[]): Promise<Map<string, string[]>>;
  /** Everybody who is the same as this person, themselves among them: whoever was joined in either direction. */
  abstract same(tx: Tx, personId: string): Promise<string[]>;
  /** People who stand for themselves and whom some council knows, and of whom it is kept neither that a record names them nor that one did; in the order of their ids. */
  abstract withoutRecords(tx: Tx, page: { after: string; limit: number }): Promise<string[]>;
  /** Of these records, those that are restricted and not open to whoever asks. */
  abstract hidden(tx: Tx, recordIds: string[]): Promise<Set<string>>;
  /** Which of these pairs are already told. */
  abstract alreadyKnown(tx: Tx, pairs: { personId: string; authority: string }[]): Promise<Set<string>>;
}
