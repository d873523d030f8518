import type { AssignConcern } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { needsPerson } from './refuse.js';
import { awaiting, held } from './standing.js';

/** Says who is to decide a concern, or that nobody has it any more. Whoever decides it need not be the one who has it. */
export function assign({ at, by, to }: AssignConcern, state: Concern): ConcernEvent[] {
  const { story } = awaiting(held(state));
  needsPerson(by);
  return story.assignedTo === to ? [] : [{ type: 'ConcernAssigned', at, by, to }];
}
