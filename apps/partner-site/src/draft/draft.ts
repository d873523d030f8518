import { z } from 'zod';
import { visitor } from '#libs/pages';
import { receipt } from '../concern/receipt.js';
import { firstStep, stepNames } from '../concern/steps.js';
import { readTyped } from '../concern/typed.js';

const day = 24 * 60 * 60_000;
/** From the last answer on. */
export const keptMs = 28 * day;
/** So long after it was sent a copy can be printed, and sending it again leads to its receipt. */
export const copyMs = 30 * 60_000;
/** After so long without an answer a browser forgets what it had open. */
export const openMs = 4 * 60 * 60_000;

/** A concern that somebody writes, until shortly after it was sent. */
const shape = z.object({
  answers: z.unknown().transform(readTyped),
  /** However often it is sent, it is one concern. */
  key: z.string(),
  /** Who was signed in when it was begun; nobody: empty. */
  sender: z.string(),
  /** The step to go on with. */
  next: z.enum(stepNames).catch(firstStep),
  /** What whoever writes has to be told of it. */
  note: z.enum(['closed', 'changed-after-sending']).optional(),
  sent: receipt.extend({ at: z.string() }).optional(),
});
export type Draft = z.infer<typeof shape>;

export const readDraft = (kept: string): Draft => shape.parse(JSON.parse(kept));

/** Who would send a concern now; nobody who is signed in: empty. */
export const senderNow = (): string => visitor()?.id ?? '';

/** Whoever signs in after another on one device does not see what that one wrote. */
export const isTheirs = ({ sender }: Draft): boolean => sender === '' || senderNow() === '' || sender === senderNow();
