import { assertNever } from '#libs/decider';
import type { ReferrerType, SourceOfRisk, Way } from './codes.js';
import type { RecordNotSent, RecordSent, SendToReferrer } from './concern-commands.js';
import type { ConcernEvent, MoreAskedFor } from './concern-events.js';
import type { Concern, Story, Triaged } from './concern-state.js';
import { sourcesIn } from './particulars.js';
import { needsPerson, refuse } from './refuse.js';
import { decided } from './standing.js';

/** Longer than this a text message goes in more parts than a telephone puts together again. */
export const LONGEST_TEXT = 600;

const SERVICES: readonly (ReferrerType | null)[] = ['care_home', 'home_care', 'nhs_acute', 'nhs_community', 'nhs_mental_health', 'housing', 'voluntary_sector'];

/** What mayBeSource looks at. */
type Said = Pick<Story, 'foundToBeSource'> & { particulars: Pick<Story['particulars'], 'sourceOfRisk' | 'otherAllegations' | 'referrerType'> };

/** Whether whoever raised it may be the one who causes any of the harm, or be close to them: as somebody found or else as it was said. Nothing is sent to them then by itself. */
export const mayBeSource = ({ foundToBeSource, particulars }: Said): boolean => foundToBeSource ?? sourcesIn(particulars).some((source) => isCloseTo(source, particulars.referrerType));

const isCloseTo = (source: SourceOfRisk | null, referrer: ReferrerType | null): boolean =>
  (source === 'service_provider' && SERVICES.includes(referrer)) || (source === 'known_to_individual' && referrer === 'family_or_friend');

/** What is sent to whoever raised it, and what comes of that. */
export function send(command: SendToReferrer | RecordSent | RecordNotSent, state: Concern): ConcernEvent[] {
  switch (command.type) {
    case 'SendToReferrer':
      return sendToReferrer(command, state);
    case 'RecordSent':
      return recordSent(command, state);
    case 'RecordNotSent':
      return recordNotSent(command, state);
    default:
      return assertNever(command);
  }
}

/** Writes to whoever raised it what became of it. It is on its way then; they are told once it has arrived, or at once where it stands on their own page. */
function sendToReferrer(command: SendToReferrer, state: Concern): ConcernEvent[] {
  const now = decided(state);
  const { at, by, message, way, sendingId } = command;
  needsPerson(by);
  if (now.feedback === 'told' && !command.isAgain) refuse('concern/referrer-already-told', 'Whoever raised this has already been told.');
  if (now.sending !== null) refuse('concern/being-sent', 'A message to whoever raised this is on its way already.');
  needsSafeWay(command, now);
  if (message === null) return refuse('concern/message-required', 'Write what is to be sent.');
  if (way === 'text' && command.length > LONGEST_TEXT) refuse('concern/message-too-long', `A text message has at most ${LONGEST_TEXT} characters. Shorten it, or choose another way.`);
  if (way === 'page') return [{ type: 'ReferrerTold', at, by, decision: now.decision.decision, message, way }];
  return [{ type: 'MessageToReferrerWritten', at, by, decision: now.decision.decision, message, way, sendingId }];
}

function needsSafeWay({ way, reach, isSafe }: SendToReferrer, { story }: Triaged): void {
  if (mayBeSource(story)) refuse('concern/referrer-may-be-source', 'Whoever raised this may be causing the harm, or be close to them. Nothing is sent to them from here.');
  const isThere = way === 'page' ? story.followedBy === 'account' : reach[way];
  if (!isThere) refuse('concern/no-such-contact', 'Whoever raised this gave no way to send it so.');
  if (reach.isRisky) refuse('concern/contact-unsafe', 'They say that it could be dangerous to email or ring them. Nothing is sent to them from here.');
  if (reach.hasWishes && !isSafe) refuse('concern/contact-wishes-unread', 'Say that this way of reaching them is one that they called safe.');
}

/** The notice that more is wanted which nobody says did not arrive. */
export function noticeUnderway(state: Concern): { way: Way; sendingId: string } | undefined {
  const notice = state.status === 'awaiting-triage' ? state.story.asked?.notice : undefined;
  return notice && 'sendingId' in notice ? notice : undefined;
}

/** The notice of before the decision: it is not sent any more where it still waits. */
export const noticeLeft = (state: Concern): Story['noticeLeft'] => (state.status === 'awaiting-triage' || state.status === 'triaged' ? state.story.noticeLeft : null);

/** It did not arrive, and is on its way no more; what was asked for stays asked. */
export function withoutNotice(story: Story, sendingId: string): Story {
  const isIt = (notice: object | null | undefined): boolean => Boolean(notice && 'sendingId' in notice && notice.sendingId === sendingId);
  const { asked, noticeLeft: left } = story;
  return { ...story, asked: asked && isIt(asked.notice) ? unnoticed(asked) : asked, noticeLeft: isIt(left) ? null : left };
}

const unnoticed = ({ notice: _notice, ...asked }: MoreAskedFor): MoreAskedFor => asked;

/** It has arrived: whoever raised it is told. What was told or reopened meanwhile stays as it is. */
function recordSent({ at, sendingId }: RecordSent, state: Concern): ConcernEvent[] {
  if (state.status !== 'triaged' || state.sending?.sendingId !== sendingId) return [];
  const { by, message, way } = state.sending;
  return [{ type: 'ReferrerTold', at, by, decision: state.decision.decision, message, way }];
}

/** It cannot be sent, and will not be tried again by itself: somebody has to look. */
function recordNotSent({ at, sendingId, reason }: RecordNotSent, state: Concern): ConcernEvent[] {
  const notice = reason === 'decided' ? noticeLeft(state) : noticeUnderway(state);
  if (notice?.sendingId === sendingId) return [{ type: 'NoticeNotSent', at, sendingId, way: notice.way, reason }];
  if (state.status !== 'triaged' || state.sending?.sendingId !== sendingId || reason === 'decided') return [];
  return [{ type: 'MessageToReferrerNotSent', at, sendingId, way: state.sending.way, reason }];
}
