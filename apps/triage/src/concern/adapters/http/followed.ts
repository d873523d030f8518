import type { Instant } from '#libs/calendar';
import type { Revealed, Stored } from '#libs/journal';
import type { DangerSaid } from '../../domain/codes.js';
import type { ConcernEvent } from '../../domain/concern.js';
import { type Left, type Stage, stageOf, wantedOf, writtenBefore, writtenTo } from '../../domain/following.js';

/** How a concern goes on, for whoever raised it without an account: nothing of what was found out or judged. */
export interface Followed {
  reference: string;
  receivedAt: Instant;
  stage: Stage;
  /** What they are asked for. */
  missing: readonly string[];
  /** When somebody asked for that last; null: nobody did in particular. */
  askedAt: Instant | null;
  /** When they wrote more themselves, what of what was asked they say that it answers, and what they said of danger now. */
  told: readonly { at: Instant; what: readonly string[]; inDanger?: DangerSaid }[];
  decidedAt: Instant | null;
  feedback: string | null;
  /** What was written to them, and to nobody else; null where they were told otherwise. */
  message: string | null;
  /** What was written to them before that, the latest first. */
  earlierMessages: readonly { at: Instant; message: string | null }[];
  /** They told of themselves, as they said when they raised it: what was put right since is not told to them. */
  isOwn: boolean;
}

export function followedOf(state: Left, story: Revealed<Stored<ConcernEvent>[]>): Followed {
  const { reference, receivedAt, asked, toldBesides, raisedAs } = state.story;
  const nothing = { missing: [], askedAt: asked && asked.at, decidedAt: null, feedback: null, message: null, earlierMessages: earlierIn(state, story) };
  const head = { reference, receivedAt, stage: stageOf(state), told: toldBesides, isOwn: raisedAs === 'self', ...nothing };
  if (state.status === 'awaiting-triage') return { ...head, missing: wantedOf(state.story) };
  return state.status === 'triaged' ? { ...head, decidedAt: state.decision.at, feedback: state.feedback, message: writtenTo(state) && messageIn(story) } : head;
}

function earlierIn(state: Left, story: Revealed<Stored<ConcernEvent>[]>): Followed['earlierMessages'] {
  const all = story.flatMap(({ event }) => (event.type === 'ReferrerTold' && event.way !== undefined ? [{ at: event.at, message: event.message }] : []));
  return all.slice(0, state.status === 'entered-in-error' ? 0 : writtenBefore(state).length).toReversed();
}

/** What somebody noted of a telephone call is not for them to read. */
function messageIn(story: Revealed<Stored<ConcernEvent>[]>): string | null {
  const told = story.map(({ event }) => event).findLast((event) => event.type === 'ReferrerTold');
  return told?.type === 'ReferrerTold' && told.way !== undefined ? told.message : null;
}
