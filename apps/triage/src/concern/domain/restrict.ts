import { assertNever } from '#libs/decider';
import { breakGlass, keepFrom, keepNoMore, type KeptKind, liftRestriction, type RestrictedKind, restrictTo } from '#libs/restriction';
import type { BreakGlass, KeepConcernFrom, KeepNoMore, LiftRestriction, RestrictConcern } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { kept } from './standing.js';

type Restrict = RestrictConcern | LiftRestriction | BreakGlass | KeepConcernFrom | KeepNoMore;

export const RESTRICTED_CONCERN = { code: 'concern', noun: 'concern', restricts: 'ConcernRestricted', keeps: 'ConcernKeptFrom' } as const satisfies RestrictedKind<string> & KeptKind<string>;

/** Whom a concern is open to: everybody whose right it is, or some of the staff by name; and from whom it is kept all the same. */
export function restrict(command: Restrict, state: Concern): ConcernEvent[] {
  const { story } = kept(state);
  switch (command.type) {
    case 'RestrictConcern':
      return restrictTo(command, story, RESTRICTED_CONCERN);
    case 'LiftRestriction':
      return liftRestriction(command, story, RESTRICTED_CONCERN);
    case 'BreakGlass':
      return breakGlass(command, story, RESTRICTED_CONCERN);
    case 'KeepConcernFrom':
      return keepFrom(command, story, RESTRICTED_CONCERN);
    case 'KeepNoMore':
      return keepNoMore(command, story, RESTRICTED_CONCERN);
    default:
      return assertNever(command);
  }
}
