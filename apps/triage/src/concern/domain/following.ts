import { addHours, addSeconds, type Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import type { MissingItem } from './codes.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern, Story } from './concern-state.js';
import { refuse } from './refuse.js';
import { mayBeSource } from './sending.js';

/** How far a concern is, for whoever raised it. */
export type Stage = 'received' | 'being_looked_at' | 'decided' | 'taken_back';

export function stageOf(state: Left): Stage {
  if (state.status === 'entered-in-error') return 'taken_back';
  if (state.status === 'triaged') return 'decided';
  const { assignedTo, considered, asked, earlierDecisions } = state.story;
  return assignedTo !== null || considered !== null || asked !== null || earlierDecisions.length > 0 ? 'being_looked_at' : 'received';
}

/** What whoever raised it is asked for: what somebody asked for last and has not come; until somebody does, all that is missing. */
export const wantedOf = ({ asked, toChase }: Pick<Story, 'asked' | 'toChase'>): MissingItem[] => (asked === null ? toChase : toChase.filter((item) => asked.what.includes(item)));

/** What is known of how somebody without an account follows a concern. */
export interface Following {
  /** When a code was asked for last; how many were since `countedFrom`. */
  askedAt: Instant;
  asked: number;
  countedFrom: Instant;
  /** Null: it was used, or there is none. */
  codeEndsAt: Instant | null;
  tries: number;
  /** Null: nobody follows it now. */
  begunAt: Instant | null;
  seenAt: Instant | null;
}

/** No longer than codes may last that go another way (OWASP ASVS 5.0, 6.5.5). */
export const CODE_MINUTES = 10;
const MOST_TRIES = 5;
const CODES_A_DAY = 5;
const SECONDS_BETWEEN = 60;
/** As any session: over after so long without a page, and in any case. */
const IDLE_MINUTES = 30;
const SESSION_HOURS = 12;

/** What is there, and was not disposed of. */
export type Left = Exclude<Concern, { status: 'absent' | 'disposed' }>;

/** Whether whoever raised it may see how it goes on: nobody does who may be causing the harm, or be close to whoever does, from when that is known. */
export const mayFollow = (state: Concern): state is Left => state.status !== 'absent' && state.status !== 'disposed' && !mayBeSource(state.story);

/** What was written to whoever raised it, which they read on their own page; null where they were told otherwise, or not yet. */
export const writtenTo = (state: Concern): TextRef | null => (state.status === 'triaged' && state.feedback === 'told' ? state.written : null);

/** What was written to them before that, which they read as well, the latest first: another decision, or a further message, takes nothing back that they were told. */
export function writtenBefore(state: Concern): Story['writtenToThem'] {
  if (state.status !== 'awaiting-triage' && state.status !== 'triaged') return [];
  const all = state.story.writtenToThem.toReversed();
  return writtenTo(state) === null ? all : all.slice(1);
}

/** All that they read of what was written to them. */
export interface Written {
  message: TextRef | null;
  earlierMessages: Story['writtenToThem'];
}

export const writtenIn = (state: Concern): Written => ({ message: writtenTo(state), earlierMessages: writtenBefore(state) });

/** Throws where whoever followed it does not any more. */
export function needsFollower(state: Concern): asserts state is Left {
  if (!mayFollow(state)) notFollowing();
}

export const notFollowing = (): never => refuse('concern/not-following', 'You follow no concern here any more. Ask for another code.');

/** What whoever raised a concern did themselves, and what follows from that without anybody. */
const OF_SENDING: readonly ConcernEvent['type'][] = ['ConcernReceived', 'WishesRecorded', 'PersonIdentified', 'MoreAnswered', 'FileAdded', 'FileJudged'];

/** What is left of a story for whoever raised it and may not see how it goes on: that it was received, as if nobody had looked at it yet. */
export const asSent = (story: readonly ConcernEvent[], raisedBy: string | null): ConcernEvent[] =>
  story.filter((event) => OF_SENDING.includes(event.type) && (!('by' in event) || event.by === raisedBy)).map(asTaken);

/** Their no to danger as if it were taken, as it is of everybody else. */
const asTaken = (event: ConcernEvent): ConcernEvent => (event.type === 'MoreAnswered' && event.inDanger === 'no' ? { ...event, immediateRisk: false } : event);

/** Whether another code may be made: not one right after another, nor many a day. Whoever asks is not told. */
export function mayAsk(now: Instant, known: Following | undefined): boolean {
  if (!known) return true;
  if (now < addSeconds(known.askedAt, SECONDS_BETWEEN)) return false;
  return known.asked < CODES_A_DAY || now >= addHours(known.countedFrom, 24);
}

/** How many were asked for, once another is. */
export function countedAgain(now: Instant, known: Following | undefined): Pick<Following, 'asked' | 'countedFrom'> {
  if (!known || now >= addHours(known.countedFrom, 24)) return { asked: 1, countedFrom: now };
  return { asked: known.asked + 1, countedFrom: known.countedFrom };
}

export const codeEnd = (now: Instant): Instant => addSeconds(now, CODE_MINUTES * 60);

/** Whether what was typed may be held against the code. */
export const mayTry = (now: Instant, { codeEndsAt, tries }: Following): boolean => codeEndsAt !== null && now < codeEndsAt && tries < MOST_TRIES;

/** Whether somebody who followed it still does. */
export const isGoingOn = (now: Instant, { begunAt, seenAt }: Following): boolean =>
  begunAt !== null && seenAt !== null && now < addSeconds(seenAt, IDLE_MINUTES * 60) && now < addHours(begunAt, SESSION_HOURS);
