import type { Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import type { Characteristics, Claim } from './parts.js';

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
  /** Every authority whose records name this person, and no other. */
  authorities: string[];
  /** Looked at by a person, who found that they are not the same, or undid that. It stands in the story of one of the two. */
  apartness: ({ other: string } & Apartness)[];
  /** Joined once and found to be two after all. Nobody suggests them again; a person may still find that they are one. */
  separatedFrom: string[];
  errorProposal: { by: string; reason: TextRef | null } | null;
  /** Who put right last who they are. */
  corrected: { at: Instant; by: string | null } | null;
}

export interface Known extends Held {
  status: 'known';
}

/** The same person as another, who stands for both. Cases keep the id they had. */
export interface Joined extends Held {
  status: 'joined';
  into: string;
}

export interface EnteredInError extends Held {
  status: 'entered-in-error';
}

export type Person = { status: 'absent' } | Known | Joined | EnteredInError | { status: 'disposed' };
