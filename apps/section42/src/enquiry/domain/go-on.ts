import type { AnswerWhetherToGoOn, AskWhetherToGoOn } from './enquiry-commands.js';
import type { EnquiryEvent } from './enquiry-events.js';
import type { Enquiry } from './enquiry-state.js';
import { needsPerson, needsWords, refuse } from './refuse.js';
import { held } from './standing.js';

/** The concern was opened again, or entered in error. That closes nothing: a manager is asked whether the enquiry goes on. */
export function askWhetherToGoOn({ at }: AskWhetherToGoOn, state: Enquiry): EnquiryEvent[] {
  if (state.status === 'absent' || state.status === 'entered-in-error' || state.status === 'disposed') return [];
  const { goOnQuestion } = state.story;
  if (goOnQuestion && (goOnQuestion.answer === null || at <= goOnQuestion.askedAt)) return [];
  return [{ type: 'WhetherToGoOnAsked', at }];
}

/** The manager's answer. "No" is noted and ends nothing by itself: the enquiry is still concluded in its own way. */
export function answerWhetherToGoOn(command: AnswerWhetherToGoOn, state: Enquiry): EnquiryEvent[] {
  const { goOnQuestion } = held(state).story;
  const { at, by, goOn } = command;
  needsPerson(by);
  if (goOnQuestion === null) return refuse('enquiry/not-asked', 'Nobody has asked whether this enquiry goes on: its concern was neither opened again nor entered in error.');
  const reason = needsWords(command.reason, 'enquiry/reason-required', 'Say why the enquiry goes on, or why it should not.');
  const { answer } = goOnQuestion;
  if (answer?.goOn === goOn && answer.by === by) return [];
  return [{ type: 'WhetherToGoOnAnswered', at, by, goOn, reason }];
}
