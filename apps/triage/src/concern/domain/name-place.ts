import type { NamePlace } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { held } from './standing.js';

/** Says at which place of the directory it happened, or that this is not said any more. What was said before is put right with a reason. */
export function namePlace({ at, by, placeId, isKnown, reason }: NamePlace, state: Concern): ConcernEvent[] {
  const { story } = held(state);
  needsPerson(by);
  if (story.placeId === placeId) return [];
  if (!isKnown) return refuse('concern/no-such-place', 'There is no such place in the directory.');
  if (story.placeId !== null && reason === null) return refuse('concern/reason-required', 'Say why the place needs putting right.');
  return [{ type: 'PlaceNamed', at, by, placeId, reason }];
}
