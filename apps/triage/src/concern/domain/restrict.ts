import { assertNever } from '#libs/decider';
import type { BreakGlass, LiftRestriction, RestrictConcern } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern, Story } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { kept } from './standing.js';

type Restrict = RestrictConcern | LiftRestriction | BreakGlass;

/** Whom a concern is open to: everybody whose right it is, or some of the staff by name. */
export function restrict(command: Restrict, state: Concern): ConcernEvent[] {
  switch (command.type) {
    case 'RestrictConcern':
      return restrictTo(command, state);
    case 'LiftRestriction':
      return lift(command, state);
    case 'BreakGlass':
      return breakGlass(command, state);
    default:
      return assertNever(command);
  }
}

/** Those who are named, sorted, and nobody twice; none where it is not restricted. */
export const namedIn = ({ restriction }: Story): readonly string[] => restriction?.names ?? [];

/** The glass that somebody broke to whom it is open by that alone. */
export function glassOf(state: Concern, id: string): NonNullable<Story['glass']>[number] | undefined {
  if (state.status === 'absent' || !state.story.restriction || namedIn(state.story).includes(id)) return undefined;
  return state.story.glass?.find(({ by }) => by === id);
}

/** Whoever restricts it stays named, so that it is never closed to everybody. */
function restrictTo({ at, by, names, why, reason, unknown, namedHere }: RestrictConcern, state: Concern): ConcernEvent[] {
  const { story } = kept(state);
  needsPerson(by);
  needsNamed(story, { by, namedHere });
  if (unknown.length > 0) return refuse('concern/not-staff-here', 'A concern can be restricted only to people who work here now. Somebody you named does not.');
  if (why === 'other' && reason === null) return refuse('concern/reason-required', 'Say why this concern is to be restricted.');
  const all = together([by, ...names]);
  if (story.restriction?.why === why && same(namedIn(story), all)) return [];
  return [{ type: 'ConcernRestricted', at, by, names: all, why, reason }];
}

function lift({ at, by, reason, namedHere }: LiftRestriction, state: Concern): ConcernEvent[] {
  const { story } = kept(state);
  needsPerson(by);
  needsNamed(story, { by, namedHere });
  if (!story.restriction) return [];
  if (reason === null) return refuse('concern/reason-required', 'Say why this concern need not be restricted any more.');
  return [{ type: 'RestrictionLifted', at, by, reason }];
}

/** A glass is broken to see, and not to stay: while somebody who is named works here, whom it is open to is for them to say. */
function needsNamed(story: Story, { by, namedHere }: { by: string; namedHere: readonly string[] }): void {
  if (!story.restriction || namedIn(story).includes(by) || namedHere.length === 0) return;
  refuse('concern/not-named', 'Whom this concern is open to is for those to say who are named. Ask one of them.');
}

/** For a while it is open to somebody who is not named. */
function breakGlass({ at, by, until, reason }: BreakGlass, state: Concern): ConcernEvent[] {
  const { story } = kept(state);
  needsPerson(by);
  if (reason === null) return refuse('concern/reason-required', 'Say why you have to see this concern.');
  if (!story.restriction || namedIn(story).includes(by)) return [];
  return [{ type: 'GlassBroken', at, by, until, reason }];
}

/** What a concern about somebody inherits of their others: all who are named in any of those. Whom it is open to already, somebody decided: nobody else comes to see it. */
export function inherit(state: Concern, { at, restrictedTo }: { at: string; restrictedTo: readonly string[] }): ConcernEvent[] {
  const { story } = kept(state);
  return story.restriction || restrictedTo.length === 0 ? [] : inherited({ at, names: restrictedTo });
}

/** By nobody's act; nothing where nothing is inherited. */
export const inherited = (restricted: { at: string; names: readonly string[] } | undefined): ConcernEvent[] =>
  restricted ? [{ type: 'ConcernRestricted', at: restricted.at, by: null, names: together(restricted.names), why: 'same_person', reason: null }] : [];

const together = (names: readonly string[]): string[] => [...new Set(names)].toSorted();
const same = (some: readonly string[], others: readonly string[]): boolean => some.join(' ') === others.join(' ');
