import { assertNever } from '#libs/decider';
import { breakGlass, isOpenTo, keepFrom, keepNoMore, keptAfter, type KeptKind, liftRestriction, restrictionAfter, type RestrictedKind, restrictTo } from '#libs/restriction';
import type { BreakGlass, ConcernCommand, KeepConcernFrom, KeepNoMore, LiftRestriction, RestrictConcern } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern, Story } from './concern-state.js';
import { kept } from './standing.js';

type Restrict = RestrictConcern | LiftRestriction | BreakGlass | KeepConcernFrom | KeepNoMore;

const commands: readonly string[] = ['RestrictConcern', 'LiftRestriction', 'BreakGlass', 'KeepConcernFrom', 'KeepNoMore'] satisfies Restrict['type'][];
export const isAboutOpenness = (command: ConcernCommand): command is Restrict => commands.includes(command.type);

export type OpennessEvent = Extract<ConcernEvent, { type: 'ConcernRestricted' | 'RestrictionLifted' | 'GlassBroken' | 'ConcernKeptFrom' | 'KeptNoMore' }>;
const events: readonly string[] = ['ConcernRestricted', 'RestrictionLifted', 'GlassBroken', 'ConcernKeptFrom', 'KeptNoMore'] satisfies OpennessEvent['type'][];
export const tellsOpenness = (event: ConcernEvent): event is OpennessEvent => events.includes(event.type);

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

/** What is known of a concern after one more event of whom it is open to. Nobody has what they cannot see: it would wait for them. */
export function opennessAfter(story: Story, event: OpennessEvent): Story {
  const put = { ...story, ...('staff' in event ? keptAfter(story, event) : restrictionAfter(story, event)) };
  return put.assignedTo === null || isOpenTo(put, put.assignedTo) ? put : { ...put, assignedTo: null };
}
