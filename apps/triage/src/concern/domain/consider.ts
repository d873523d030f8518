import { areSaid, needsWholeCircumstances } from './circumstances.js';
import type { ConsiderLimbs } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern, Story } from './concern-state.js';
import { askForMore, recordWishes } from './inform.js';
import { needsPerson, refuse } from './refuse.js';
import { awaiting, held } from './standing.js';
import { LIMBS, needsWholeSoFar } from './three-limbs.js';

/** Keeps how far somebody is in judging a concern, and asks for what they still need. Nothing is decided and the clocks go on. */
export function consider(command: ConsiderLimbs, state: Concern): ConcernEvent[] {
  const { story } = awaiting(held(state));
  const { at, by, limbs, circumstances, wishes, ask } = command;
  needsPerson(by);
  const isJudged = LIMBS.some((name) => limbs[name].answer !== null || limbs[name].reason !== null) || areSaid(circumstances);
  if (!isJudged && wishes === null && ask === null)
    refuse('concern/nothing-considered', 'Nothing is filled in. Answer what can be told so far, or say what you are asking for.');
  needsWholeSoFar(limbs);
  needsWholeCircumstances(circumstances);
  return [
    ...(wishes ? recordWishes({ type: 'RecordWishes', at, by, wishes }, state) : []),
    ...(isJudged && !isKept(command, story) ? [{ type: 'LimbsConsidered', at, by, limbs, circumstances } as const] : []),
    ...(ask ? askForMore({ type: 'AskForMore', at, by, ...ask }, state) : []),
  ];
}

const isKept = ({ limbs, circumstances }: ConsiderLimbs, { considered }: Story): boolean =>
  considered !== null && said({ limbs, circumstances }) === said({ limbs: considered.limbs, circumstances: considered.circumstances });

/** What somebody said, in whatever order its parts come and wherever its words are kept. */
function said(part: unknown): string {
  return JSON.stringify(part, (key, value: unknown) => {
    if (key === 'textId') return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
