import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Draft, senderNow } from '../draft/draft.js';
import type { DraftHere } from '../draft/draft-here.js';
import { answersIn, firstStep, type Step } from './steps.js';
import { readTyped, type Typed, withAnswers } from './typed.js';

interface Answered {
  step: Step;
  given: Typed;
  /** With which to go on another time; left as it is unless given. */
  next?: Step | undefined;
}

/** Keeps what was typed in a step: in the draft that is open, or in a new one where none is any more. */
export async function keepAnswers(here: DraftHere, { request, reply }: { request: FastifyRequest; reply: FastifyReply }, { step, given, next }: Answered): Promise<Draft> {
  const answered = (answers: Typed): Typed => withAnswers(answers, answersIn(step), given);
  const kept = await here.change(request, reply, ({ sent, note: _seen, ...draft }) => ({
    ...draft,
    answers: answered(draft.answers),
    next: next?.name ?? draft.next,
    ...(sent && { key: randomUUID(), note: 'changed-after-sending' as const }),
  }));
  return kept ?? here.begin(reply, begun(answered(readTyped({})), step, next));
}

/** Beyond the first step there was a draft once, which this browser has lost. */
const begun = (answers: Typed, step: Step, next: Step = step): Draft => ({
  answers,
  key: randomUUID(),
  sender: senderNow(),
  next: next.name,
  ...(step.name !== firstStep && { note: 'closed' as const }),
});
