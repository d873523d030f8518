import { inherit, keptAlike } from '#libs/restriction';
import { addedTo, needsLettingIn } from './adding.js';
import type { DangerSaid, MissingItem } from './codes.js';
import type { AnswerMore, AskForMore, IdentifyPerson, RecordWishes, TellMore } from './concern-commands.js';
import type { ConcernEvent, MoreAnswered } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { noticeOf } from './noticing.js';
import { needsPerson, refuse } from './refuse.js';
import { RESTRICTED_CONCERN } from './restrict.js';
import { mayBeSource } from './sending.js';
import { awaiting, held, kept } from './standing.js';
import { needsWholeAnswer } from './wishes.js';

/** Notes who the concern is about, also where it was entered in error, so that whoever it named can be let go with it; where others about them are restricted, one that can be worked on is too, as soon as it is known to be about them and never again: what somebody decided since stands. The latest word on it stands, in whatever order they come. */
export function identify(command: IdentifyPerson, state: Concern): ConcernEvent[] {
  if (state.status === 'disposed') return [];
  const { status, story } = kept(state);
  const { at, personId, personSequence, ageBand, restrictedTo = [], keptFrom = [] } = command;
  if (story.personId === personId && personSequence <= story.personSequence) return [];
  const inherits = status !== 'entered-in-error' && story.personId !== personId;
  return [{ type: 'PersonIdentified', at, personId, personSequence, ageBand }, ...(inherits ? [...inherit(story, { at, restrictedTo }, RESTRICTED_CONCERN), ...keptAlike(story, { at, keptFrom }, RESTRICTED_CONCERN)] : [])];
}

/** Puts questions to whoever may answer them. Asking stops no clock. */
export function askForMore(command: AskForMore, state: Concern): ConcernEvent[] {
  awaiting(held(state));
  needsPerson(command.by);
  if (command.what.length === 0) refuse('concern/question-required', 'Say what you are asking for.');
  const { at, by, message } = command;
  if (message === null) refuse('concern/asking-unsaid', 'Say whom you ask, and in which words. Where you ask nobody but whoever raised it, by their own page, say that.');
  const notice = noticeOf(command, state);
  return [{ type: 'MoreAskedFor', at, by, what: [...new Set(command.what)], message, ...(notice && { notice }) }];
}

/** Strikes from the list to chase what has been answered, also when the answer comes after the decision. Words alone do not settle whether somebody is in danger: that is recorded as yes or no. */
export function answerMore(command: AnswerMore, state: Concern): ConcernEvent[] {
  const { story } = held(state);
  const isOpen = (item: MissingItem): boolean => item === 'immediate_risk' && story.particulars.immediateRisk === null;
  const what = story.toChase.filter((item) => command.what.includes(item) && !isOpen(item));
  const { at, by, answer, consent } = command;
  if (what.length === 0 && answer === null && consent === undefined) return [];
  return [{ type: 'MoreAnswered', at, by, what, answer, ...(consent === undefined ? {} : { consent }) }];
}

/** So often whoever raised a concern writes more of it. */
const MOST_TOLD = 20;

/**
 * Takes what whoever raised it writes besides, also after the decision, and strikes from the list to chase what they say that
 * it answers. That is kept as they say it, whatever the list has by now: of whoever sees it as they sent it alone, theirs has more.
 * That somebody is in danger now is taken however often they wrote, and without another word.
 */
export function tellMore(command: TellMore, state: Concern): ConcernEvent[] {
  needsLettingIn(state, command);
  const { story } = addedTo(state, command);
  const { at, by, words, inDanger } = command;
  if (words === null && inDanger === undefined) return refuse('concern/words-required', 'Write what you can tell us.');
  if (story.toldBesides.length >= MOST_TOLD && inDanger !== 'yes')
    return refuse('concern/told-enough', `You have written to us about this ${MOST_TOLD} times. Ring us about what else there is.`);
  return [{ type: 'MoreAnswered', at, by, what: answeredIn(command), answer: words, from: 'referrer', ...(inDanger && { inDanger }), ...riskAfter(inDanger, state) }];
}

/** What they answer of what was asked: whether somebody is in danger by yes or no alone, and never by saying that they answer it. */
export function answeredIn({ what, inDanger }: Pick<TellMore, 'what' | 'inDanger'>): MissingItem[] {
  const others = what.filter((item) => item !== 'immediate_risk');
  return [...new Set<MissingItem>(inDanger === 'yes' || inDanger === 'no' ? [...others, 'immediate_risk'] : others)];
}

/** By the word of whoever raised it danger is raised, also where an officer had said that there is none, and never taken back: their no counts where nobody knew, unless they may be causing the harm. */
function riskAfter(said: DangerSaid | undefined, state: Concern): Pick<MoreAnswered, 'immediateRisk'> {
  if (state.status !== 'awaiting-triage' && state.status !== 'triaged') return {};
  const { immediateRisk } = state.story.particulars;
  if (said === 'yes' && immediateRisk !== true) return { immediateRisk: true };
  return said === 'no' && immediateRisk === null && !mayBeSource(state.story) ? { immediateRisk: false } : {};
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
