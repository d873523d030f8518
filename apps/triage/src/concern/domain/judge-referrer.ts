import type { JudgeReferrer } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { held } from './standing.js';

/** Says whether whoever raised it may be causing the harm or be close to whoever does, whatever the rule makes of what they said. It is undone by saying otherwise. */
export function judgeReferrer({ at, by, mayBeSource, reason }: JudgeReferrer, state: Concern): ConcernEvent[] {
  const { story } = held(state);
  needsPerson(by);
  if (reason === null) return refuse('concern/reason-required', 'Say how you know. Others must be able to follow it.');
  return story.foundToBeSource === mayBeSource ? [] : [{ type: 'ReferrerJudged', at, by, mayBeSource, reason }];
}
