import { isKeptFrom, isOpenTo } from '#libs/restriction';
import type { AssignConcern } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { awaiting, held } from './standing.js';

/** Says who is to decide a concern, or that nobody has it any more. Whoever decides it need not be the one who has it; whoever has it can see it. */
export function assign({ at, by, to }: AssignConcern, state: Concern): ConcernEvent[] {
  const { story } = awaiting(held(state));
  needsPerson(by);
  if (to !== null && isKeptFrom(story, to)) return refuse('concern/kept-from', 'This concern is kept from them: they would not find it. Give it to somebody else.');
  if (to !== null && !isOpenTo(story, to)) return refuse('concern/not-open-to', 'This concern is restricted and not open to them: they would not find it. Say first that it is open to them.');
  return story.assignedTo === to ? [] : [{ type: 'ConcernAssigned', at, by, to }];
}
