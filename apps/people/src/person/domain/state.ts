import type { Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import type { Keeping } from '#libs/retention';
import type { Characteristics, Claim, LetGo } from './parts.js';
import type { RetentionBasis } from './retention-rules.js';

/** What somebody who looked at two people found last: that they are different, or that they may be one after all. */
export interface Apartness {
  isApart: boolean;
  at: Instant;
}

export interface Held {
  /** Brought from an old system. */
  legacy: boolean;
  characteristics: Characteristics;
  claims: Claim[];
  /** The records that named them and were disposed of. */
  letGo: LetGo[];
  /** When the last of those was; null as long as none was. */
  letGoAt: Instant | null;
  /** Every authority whose records name this person, and no other. */
  authorities: string[];
  /** Looked at by a person, who found that they are not the same, or undid that. It stands in the story of one of the two. */
  apartness: ({ other: string } & Apartness)[];
  /** Joined once and found to be two after all. Nobody suggests them again; a person may still find that they are one. */
  separatedFrom: string[];
  /** What each authority says about keeping them. A legal hold of any keeps them, and only whoever placed it lifts it. */
  keepings: Readonly<Record<string, Keeping>>;
  errorProposal: { by: string; reason: TextRef | null } | null;
}

export interface Known extends Held {
  status: 'known';
}

/** The same person as another, who stands for both. Cases keep the id they had. */
export interface Joined extends Held {
  status: 'joined';
  into: string;
  joinedAt: Instant;
}

export interface EnteredInError extends Held {
  status: 'entered-in-error';
}

/** What is left: that there was somebody, and whose records named them. */
export interface Disposed {
  status: 'disposed';
  authorities: string[];
  disposedAt: Instant;
  proposedBy: string;
  confirmedBy: string;
  retention: RetentionBasis;
}

export type Person = { status: 'absent' } | Known | Joined | EnteredInError | Disposed;
