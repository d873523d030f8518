import type { TextRef } from '#libs/decider';
import type { Characteristics, Claim } from './parts.js';

export interface Held {
  /** Brought from an old system. */
  legacy: boolean;
  characteristics: Characteristics;
  claims: Claim[];
  /** Every authority whose records name this person, and no other. */
  authorities: string[];
  /** Looked at by a person, who found that they are not the same. */
  keptApart: string[];
  /** Joined once and found to be two after all. Nobody suggests them again; a person may still find that they are one. */
  separatedFrom: string[];
  errorProposal: { by: string; reason: TextRef | null } | null;
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
