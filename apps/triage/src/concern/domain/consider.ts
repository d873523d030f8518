import { areSaid, wrongInProtection, wrongInStanding } from './circumstances.js';
import type { ConsiderLimbs } from './concern-commands.js';
import type { ConcernEvent, LimbsConsidered } from './concern-events.js';
import type { Concern, Story } from './concern-state.js';
import { askForMore, recordWishes } from './inform.js';
import { needsNothingWrong, needsPerson, refuse } from './refuse.js';
import { awaiting, held } from './standing.js';
import { halfIn, LIMBS } from './three-limbs.js';
import { wrongInWishes } from './wishes.js';

/** Keeps how far somebody is in judging a concern, and asks for what they still need. Nothing is decided and the clocks go on. */
export function consider(command: ConsiderLimbs, state: Concern): ConcernEvent[] {
  const { story } = awaiting(held(state));
  const { at, by, limbs, circumstances, wishes, leaning, ask } = command;
  needsPerson(by);
  const isJudged = LIMBS.some((name) => limbs[name].answer !== null || limbs[name].reason !== null) || areSaid(circumstances) || leaning !== null;
  if (!isJudged && wishes === null && ask === null)
    refuse('concern/nothing-considered', 'Nothing is filled in. Answer what can be told so far, or say what you are asking for.');
  needsNothingWrong([...wrongInProtection(circumstances, false), ...halfIn(limbs), ...(wishes ? wrongInWishes(wishes) : []), ...wrongInStanding(circumstances, false)]);
  const considered: LimbsConsidered = { type: 'LimbsConsidered', at, by, limbs, circumstances, ...(leaning ? { leaning } : {}) };
  return [
    ...(wishes ? recordWishes({ type: 'RecordWishes', at, by, wishes }, state) : []),
    ...(isJudged && !isKept(considered, story) ? [considered] : []),
    ...(ask ? askForMore({ type: 'AskForMore', at, by, ...ask }, state) : []),
  ];
}

const isKept = (told: LimbsConsidered, { considered }: Story): boolean => considered !== null && said(told) === said(considered);

/** What somebody said, in whatever order its parts come and wherever its words are kept. */
function said({ limbs, circumstances, leaning }: LimbsConsidered): string {
  return JSON.stringify({ limbs, circumstances, leaning }, (key, value: unknown) => {
    if (key === 'textId') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
