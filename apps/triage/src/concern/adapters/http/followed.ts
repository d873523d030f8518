import type { Instant } from '#libs/calendar';
import type { Revealed, Standing, Stored } from '#libs/journal';
import type { Concern, ConcernEvent } from '../../domain/concern.js';

/** How far a concern is, for whoever raised it. */
export type Stage = 'received' | 'being_looked_at' | 'decided' | 'taken_back';

/** How a concern goes on, for whoever raised it without an account: nothing of what was found out or judged. */
export interface Followed {
  reference: string;
  receivedAt: Instant;
  stage: Stage;
  missing: readonly string[];
  decidedAt: Instant | null;
  feedback: string | null;
  /** What was written to them, and to nobody else; null where they were told otherwise. */
  message: string | null;
}

export function followedOf({ state }: Standing<Concern>, story: Revealed<Stored<ConcernEvent>[]>): Followed | undefined {
  if (state.status === 'absent' || state.status === 'disposed') return undefined;
  const { reference, receivedAt, toChase } = state.story;
  const nothing = { missing: [], decidedAt: null, feedback: null, message: null };
  const head = { reference, receivedAt, ...nothing };
  if (state.status === 'entered-in-error') return { ...head, stage: 'taken_back' };
  if (state.status === 'triaged') return { ...head, stage: 'decided', decidedAt: state.decision.at, feedback: state.feedback, message: state.feedback === 'told' ? writtenTo(story) : null };
  const isLookedAt = state.story.assignedTo !== null || state.story.considered !== null || state.story.earlierDecisions.length > 0;
  return { ...head, stage: isLookedAt ? 'being_looked_at' : 'received', missing: toChase };
}

/** What somebody noted of a telephone call is not for them to read. */
function writtenTo(story: Revealed<Stored<ConcernEvent>[]>): string | null {
  const told = story.map(({ event }) => event).findLast((event) => event.type === 'ReferrerTold');
  return told?.type === 'ReferrerTold' && told.way !== undefined ? told.message : null;
}
