import { assertNever } from '#libs/decider';
import { breakGlass, liftRestriction, type RestrictedKind, restrictTo } from '#libs/restriction';
import type { BreakGlass, LiftRestriction, RestrictConcern } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { kept } from './standing.js';

type Restrict = RestrictConcern | LiftRestriction | BreakGlass;

export const RESTRICTED_CONCERN = { code: 'concern', noun: 'concern', restricts: 'ConcernRestricted' } as const satisfies RestrictedKind<string>;

/** Whom a concern is open to: everybody whose right it is, or some of the staff by name. */
export function restrict(command: Restrict, state: Concern): ConcernEvent[] {
  const { story } = kept(state);
  switch (command.type) {
    case 'RestrictConcern':
      return restrictTo(command, story, RESTRICTED_CONCERN);
    case 'LiftRestriction':
      return liftRestriction(command, story, RESTRICTED_CONCERN);
    case 'BreakGlass':
      return breakGlass(command, story, RESTRICTED_CONCERN);
    default:
      return assertNever(command);
  }
}
