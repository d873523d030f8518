import { z } from 'zod';
import type { ConfirmEnteredInError, DeclineEnteredInError, ProposeEnteredInError } from '#libs/decider';
import type { Making } from './commands.js';

/** The three things that somebody can do about a record that should never have been made. */
export const errorStep = z.enum(['propose', 'confirm', 'decline']);
export type ErrorStep = z.infer<typeof errorStep>;

/** What somebody says about a record's having been entered in error, as the command that the rules judge. */
export function aboutError(step: ErrorStep, reason: string, { words, now, by }: Making): ProposeEnteredInError | DeclineEnteredInError | ConfirmEnteredInError {
  if (step === 'confirm') return { type: 'ConfirmEnteredInError', at: now, by };
  return { type: step === 'propose' ? 'ProposeEnteredInError' : 'DeclineEnteredInError', at: now, by, reason: words.keep(reason) };
}
