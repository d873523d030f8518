import type { Instant } from '#libs/calendar';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { evolve } from './evolve.js';
import { mayFollow, type Stage, stageOf } from './following.js';

/** What a program hears of a concern that it raised: no more than whoever follows it sees. */
export type HeardState = Stage | 'more_wanted' | 'told';

export interface Heard {
  state: HeardState;
  at: Instant;
}

/** What there is to hear of these events, in their order. Nothing once whoever raised it may be causing the harm, nor of what follows from other records. */
export function heardOf(events: readonly ConcernEvent[], before: Concern): Heard[] {
  let now = before;
  return events.flatMap((event) => {
    const [earlier, later] = [now, evolve(now, event)];
    now = later;
    const state = mayFollow(later) ? heardIn(event, earlier, later) : undefined;
    return state === undefined ? [] : [{ state, at: event.at }];
  });
}

type Followed = Exclude<Concern, { status: 'absent' | 'disposed' }>;

function heardIn(event: ConcernEvent, earlier: Concern, later: Followed): HeardState | undefined {
  if (event.type === 'ConcernReceived') return 'received';
  if (event.type === 'MoreAskedFor') return 'more_wanted';
  if (event.type === 'ReferrerTold') return 'told';
  // Whoever follows it from now on hears how far it is.
  if (earlier.status !== 'absent' && !mayFollow(earlier)) return stageOf(later);
  const isAnotherStage = earlier.status !== 'absent' && stageOf(earlier) !== stageOf(later);
  // One that an officer gives back is received as before: nobody need hear that.
  return isAnotherStage && stageOf(later) !== 'received' ? stageOf(later) : undefined;
}
