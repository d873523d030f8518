import type { Making } from '#libs/platform';
import type { ConcludeEnquiry, Correction, CorrectEnquiry, EnquiryCommand } from '../../domain/enquiry.js';
import type { ConcludeBody, CorrectBody, Step } from './bodies.js';

const flag = (answer: 'yes' | 'no' | null): boolean | null => (answer === null ? null : answer === 'yes');

/** What a form says, as the command that the rules judge. */
export function concludeEnquiry(body: ConcludeBody, { words, now, by }: Making): ConcludeEnquiry {
  const { whyNotAsked, advocate, action, ...codes } = body;
  return {
    type: 'ConcludeEnquiry',
    at: now,
    decidedBy: by,
    ...codes,
    whyNotAsked: words.keep(whyNotAsked),
    advocate: flag(advocate),
    action: { isNeeded: action.isNeeded, words: words.keep(action.words) },
  };
}

export function correctEnquiry({ reason, ...given }: CorrectBody, { words, now, by }: Making): CorrectEnquiry {
  return { type: 'CorrectEnquiry', at: now, by, correction: correctionOf(given), reason: words.keep(reason) };
}

const correctionOf = (given: Given): Correction => (given.field === 'advocate' ? { field: 'advocate', value: flag(given.value) } : given);

type Given = CorrectBody extends infer Body ? (Body extends CorrectBody ? Omit<Body, 'reason'> : never) : never;

export function enteredInError(step: Step, reason: string, { words, now, by }: Making): EnquiryCommand {
  if (step === 'confirm') return { type: 'ConfirmEnteredInError', at: now, by };
  return { type: step === 'propose' ? 'ProposeEnteredInError' : 'DeclineEnteredInError', at: now, by, reason: words.keep(reason) };
}
