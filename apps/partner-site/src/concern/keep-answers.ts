import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Draft, senderNow } from '../draft/draft.js';
import type { DraftHere, Open } from '../draft/draft-here.js';
import { answersIn, firstStep, type Step } from './steps.js';
import { readTyped, type Typed, withAnswers } from './typed.js';

interface Answered {
  step: Step;
  given: Typed;
  /** With which to go on another time; left as it is unless given. */
  next?: Step | undefined;
  /** Its return code is about to be shown. */
  isSaving: boolean;
  /** In a draft of its own, whatever is open. */
  isAnew: boolean;
}

/** Keeps what was typed in a step: in the draft that is open, or in a new one where none is any more. */
export async function keepAnswers(here: DraftHere, { request, reply }: { request: FastifyRequest; reply: FastifyReply }, { step, given, next, isSaving, isAnew }: Answered): Promise<Open> {
  const answered = (answers: Typed): Typed => withAnswers(answers, answersIn(step), given);
  const saved = isSaving && { isSaved: true as const };
  const change = ({ sent, note: _seen, tried, ...draft }: Draft): Draft => ({
    ...draft,
    ...saved,
    answers: answered(draft.answers),
    next: next?.name ?? draft.next,
    ...(sent ? { key: randomUUID(), note: 'changed-after-sending' as const } : tried && { tried }),
  });
  const kept = isAnew ? undefined : await here.change(request, reply, change);
  return kept ?? here.begin({ request, reply }, { ...begun(answered(readTyped({})), step, { next, isAnew }), ...saved });
}

/** Beyond the first step there was a draft once, which this browser has lost. */
const begun = (answers: Typed, step: Step, { next = step, isAnew }: { next?: Step | undefined; isAnew: boolean }): Draft => ({
  answers,
  key: randomUUID(),
  sender: senderNow(),
  next: next.name,
  ...(step.name !== firstStep && !isAnew && { note: 'closed' as const }),
});
