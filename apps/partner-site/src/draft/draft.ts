import { z } from 'zod';
import { visitor } from '#libs/pages';
import { ownOrganisation } from '../concern/own.js';
import { receipt } from '../concern/receipt.js';
import { firstStep, stepNames } from '../concern/steps.js';
import { readTyped } from '../concern/typed.js';

const day = 24 * 60 * 60_000;
/** Whose return code was shown: from the last answer on. */
export const keptMs = 28 * day;
/** So long after it was sent a copy can be printed, and sending it again leads to its receipt. */
export const copyMs = 30 * 60_000;
/** After so long without an answer the browser that had it open opens nothing any more; without a return code nobody does. */
export const openMs = 4 * 60 * 60_000;

/** In whose name it was sent and no answer came: an id, or nobody's. Sent again in another, it would be a second concern. */
const tried = z.object({ as: z.string(), name: z.string(), organisation: ownOrganisation.optional(), authority: z.string() });
export type Tried = z.infer<typeof tried>;

/** A concern that somebody writes, until shortly after it was sent. */
const shape = z.object({
  answers: z.unknown().transform(readTyped),
  /** However often it is sent, it is one concern. */
  key: z.string(),
  /** Whose it is: who was signed in when it was begun, or first went on with it. Nobody's yet: empty. */
  sender: z.string(),
  /** The step to go on with. */
  next: z.enum(stepNames).catch(firstStep),
  /** Its return code was shown. */
  isSaved: z.literal(true).optional(),
  /** What whoever writes has to be told of it. */
  note: z.enum(['closed', 'changed-after-sending']).optional(),
  tried: tried.optional(),
  sent: receipt.extend({ at: z.string() }).optional(),
});
export type Draft = z.infer<typeof shape>;

export const readDraft = (kept: string): Draft => shape.parse(JSON.parse(kept));

/** Who would send a concern now; nobody who is signed in: empty. */
export const senderNow = (): string => visitor()?.id ?? '';

/** Whether whoever is here may see it: what somebody wrote who was signed in is theirs alone. */
export const isTheirs = ({ sender }: Pick<Draft, 'sender'>): boolean => sender === '' || sender === senderNow();

/** It belongs to the first who is signed in and goes on with it. */
export const takenOn = (draft: Draft): Draft => ({ ...draft, sender: draft.sender || senderNow() });

/** As it is for whoever opened it by its code, which is used up: theirs, whoever wrote it, and under a code nobody has seen. */
export function opened({ isSaved: _usedUp, ...draft }: Draft): Draft {
  return { ...draft, sender: senderNow() };
}

/** When it is deleted. */
export const endOf = ({ sent, isSaved }: Draft, now: number): Date => new Date(now + (sent ? copyMs : isSaved ? keptMs : openMs));

/** When the browser that has it open opens it no more. */
export const closesAt = ({ sent, isSaved, endsAt }: Pick<Draft, 'sent' | 'isSaved'> & { endsAt: Date }): Date =>
  new Date(endsAt.getTime() - (isSaved && !sent ? keptMs - openMs : 0));
