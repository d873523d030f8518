/** Signing in, begun and not yet ended: what the answer of the provider is held against, once. */
export interface Begun {
  state: string;
  nonce: string;
  verifier: string;
  /** Where whoever signs in wanted to go. */
  to: string;
}

/** Somebody who is signed in, and the tokens with which services are asked in their name. No case data. */
export interface Person {
  id: string;
  name: string;
  roles: string[];
  authority: string | null;
  tokens: Tokens;
  /** Times in milliseconds. */
  signedInAt: number;
  seenAt: number;
  /** Nobody could say who they are now when their tokens came: whether their sessions were ended is still to be asked. */
  isUnjudged?: boolean;
}

/** What a provider gave. */
export interface Tokens {
  access: string;
  refresh: string | undefined;
  id: string;
  gotAt: number;
  endAt: number;
}

/** Why a session could not be read. It is never written down. */
export class Unread {
  constructor(readonly why: Error) {}

  toJSON(): undefined {
    return undefined;
  }
}

declare module 'fastify' {
  interface Session {
    /** It could not be read: who stands behind it is not known. */
    unread?: Unread;
    begun?: Begun;
    person?: Person;
  }
}

const minuteMs = 60_000;
export const mostIdleMs = 30 * minuteMs;
export const mostMs = 12 * 60 * minuteMs;
/** A role that goes at the provider is gone here within five minutes. */
const freshMs = 4 * minuteMs;
/** How long a page goes unnoticed, so that not each of them writes. */
const noticedMs = minuteMs;

/** Whether somebody has been away, or signed in, for too long. */
export const isOver = ({ signedInAt, seenAt }: Person, now: number): boolean => now - seenAt >= mostIdleMs || now - signedInAt >= mostMs;

/** Whether the provider is to be asked whether they are still let in. */
export const isStale = ({ tokens }: Person, now: number): boolean => now - tokens.gotAt >= freshMs || now >= tokens.endAt;

/** Whether they have been seen since it was last written down. */
export const isUnnoticed = ({ seenAt }: Person, now: number): boolean => now - seenAt >= noticedMs;
