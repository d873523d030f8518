import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Answer, NotAllowed, ServiceUnavailable, SignedOut } from '#libs/pages';
import type { Draft, Tried } from '../draft/draft.js';
import { nameFor, type Triage } from '../outside.js';
import { authorityOf, concernToRaise } from './concern-to-raise.js';
import type { Own } from './own.js';
import type { Receipt } from './receipt.js';
import type { Trouble } from './trouble.js';

/** A draft that is about to be sent, and in whose name. */
export type Ready = Pick<Draft, 'answers' | 'key'> & { tried: Tried };

/**
 * In whose name it is sent: the one in which it was tried before, if it was, so that it stays one concern. Undefined where
 * that cannot be any more, since somebody else sends it, or to another council.
 */
export function readyToSend(draft: Draft, own: Own): Ready | undefined {
  const authority = authorityOf(draft.answers);
  const as = nameFor(authority);
  const { tried = { as, ...own, authority } } = draft;
  return tried.authority === authority && (tried.as === '' || tried.as === as) ? { answers: draft.answers, key: draft.key, tried } : undefined;
}

/** Whether a draft is still the one that was sent. */
export const isSame = (one: Draft, other: Draft): boolean => one.key === other.key && isDeepStrictEqual(one.answers, other.answers);

/** As another concern. */
export const underAnotherKey = ({ tried: _tried, ...draft }: Draft): Draft => ({ ...draft, key: randomUUID() });

/** It was refused, so it may be sent in any name. */
export const untried = ({ tried: _tried, ...draft }: Draft): Draft => draft;

/** It was sent, and this came of it. What was answered in another tab meanwhile was not: it is another concern, if they want it to be. */
export function afterSending(draft: Draft, { raised, taken, at }: { raised: Draft; taken: Receipt; at: string }): Draft | undefined {
  if (draft.sent) return undefined;
  return isSame(draft, raised) ? { ...draft, sent: { ...taken, at } } : { ...underAnotherKey(draft), note: 'changed-after-sending' };
}

/** What triage answers. A trouble: it was not taken, or nobody can say. */
export function raise(triage: Triage, { answers, key, tried }: Ready): Promise<Answer | Trouble> {
  return triage.raise(concernToRaise(answers, tried), { key, as: tried.as }).catch((error: unknown) => {
    if (error instanceof ServiceUnavailable) return 'triage-away';
    if (error instanceof SignedOut || error instanceof NotAllowed) return 'not-in-your-name';
    throw error;
  });
}

const statuses: Partial<Record<Trouble, number>> = { 'triage-away': 503, 'not-in-your-name': 403, 'too-many': 429, 'too-slow': 503, 'too-large': 400, 'not-understood': 400 };

/** Why triage did not take it, with what the page's status is then. */
export function refusalOf({ status, retryAfterSeconds = 60 }: Answer): { trouble: Trouble; waitSeconds?: number } {
  if (status === 429) return { trouble: 'too-many', waitSeconds: retryAfterSeconds };
  if (status === 408) return { trouble: 'too-slow', waitSeconds: retryAfterSeconds };
  return { trouble: status === 413 ? 'too-large' : 'not-understood' };
}

export const statusOf = (trouble: Trouble): number => statuses[trouble] ?? 409;

/** Nothing is known of it: it may have been taken. */
export const isOpenEnded = (trouble: Trouble): boolean => trouble === 'triage-away' || trouble === 'too-slow';
