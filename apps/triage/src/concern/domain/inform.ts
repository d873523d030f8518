import { inherit } from '#libs/restriction';
import type { AnswerMore, AskForMore, IdentifyPerson, RecordWishes } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { RESTRICTED_CONCERN } from './restrict.js';
import { awaiting, held, kept } from './standing.js';
import { needsWholeAnswer } from './wishes.js';

/** Notes who the concern is about, also where it was entered in error, so that whoever it named can be let go with it; where others about them are restricted, one that can be worked on is too, as soon as it is known to be about them and never again: what somebody decided since stands. The latest word on it stands, in whatever order they come. */
export function identify(command: IdentifyPerson, state: Concern): ConcernEvent[] {
  if (state.status === 'disposed') return [];
  const { status, story } = kept(state);
  const { at, personId, personSequence, ageBand, restrictedTo = [] } = command;
  if (story.personId === personId && personSequence <= story.personSequence) return [];
  const inherits = status !== 'entered-in-error' && story.personId !== personId;
  return [{ type: 'PersonIdentified', at, personId, personSequence, ageBand }, ...(inherits ? inherit(story, { at, restrictedTo }, RESTRICTED_CONCERN) : [])];
}

/** Puts questions to whoever may answer them. Asking stops no clock. */
export function askForMore(command: AskForMore, state: Concern): ConcernEvent[] {
  awaiting(held(state));
  needsPerson(command.by);
  if (command.what.length === 0) refuse('concern/question-required', 'Say what you are asking for.');
  const { at, by, message } = command;
  return [{ type: 'MoreAskedFor', at, by, what: [...new Set(command.what)], message }];
}

/** Strikes from the list to chase what has been answered, also when the answer comes after the decision. */
export function answerMore(command: AnswerMore, state: Concern): ConcernEvent[] {
  const { story } = held(state);
  const what = story.toChase.filter((item) => command.what.includes(item));
  const { at, by, answer, consent } = command;
  if (what.length === 0 && answer === null && consent === undefined) return [];
  return [{ type: 'MoreAnswered', at, by, what, answer, ...(consent === undefined ? {} : { consent }) }];
}

/** Records what the person wants, or why nobody asked. */
export function recordWishes(command: RecordWishes, state: Concern): ConcernEvent[] {
  const { story } = held(state);
  const { at, by, wishes } = command;
  needsPerson(by);
  needsWholeAnswer(wishes);
  if (story.wishes?.answer === wishes.answer && story.wishes.words?.hmac === wishes.words?.hmac) return [];
  return [{ type: 'WishesRecorded', at, by, wishes }];
}
