import { assertNever } from '#libs/decider';
import { breakGlass, inherit, isKeptFrom, isOpenTo, keepFrom, keepNoMore, keptAlike, type KeptForPerson, type KeptKind, liftRestriction, type Restrictable, type RestrictedKind, restrictTo } from '#libs/restriction';
import type { BreakGlass, KeepNoMore, KeepRequestFrom, LiftRestriction, RequestCommand, RestrictRequest } from './commands.js';
import type { RequestEvent } from './events.js';
import type { Assessors, Who } from './parts.js';
import { kept, refuse } from './refusals.js';
import type { Held, Request } from './state.js';

export const RESTRICTED_REQUEST = { code: 'request', noun: 'request', restricts: 'RequestRestricted', keeps: 'RequestKeptFrom' } as const satisfies RestrictedKind<string> & KeptKind<string>;

type Restrict = RestrictRequest | LiftRestriction | BreakGlass | KeepRequestFrom | KeepNoMore;
const commands: readonly string[] = ['RestrictRequest', 'LiftRestriction', 'BreakGlass', 'KeepRequestFrom', 'KeepNoMore'] satisfies Restrict['type'][];
export const isAboutOpenness = (command: RequestCommand): command is Restrict => commands.includes(command.type);

export type OpennessEvent = Extract<RequestEvent, { type: 'RequestRestricted' | 'RestrictionLifted' | 'GlassBroken' | 'RequestKeptFrom' | 'KeptNoMore' }>;
const events: readonly string[] = ['RequestRestricted', 'RestrictionLifted', 'GlassBroken', 'RequestKeptFrom', 'KeptNoMore'] satisfies OpennessEvent['type'][];
export const tellsOpenness = (event: RequestEvent): event is OpennessEvent => events.includes(event.type);

/** Whom a request is open to: everybody whose right it is, or some of the staff by name; and from whom it is kept all the same. */
export function restrictRequest(command: Restrict, state: Request): RequestEvent[] {
  const found = kept(state);
  switch (command.type) {
    case 'RestrictRequest':
      return restrictTo(command, found, RESTRICTED_REQUEST);
    case 'LiftRestriction':
      return liftRestriction(command, found, RESTRICTED_REQUEST);
    case 'BreakGlass':
      return breakGlass(command, found, RESTRICTED_REQUEST);
    case 'KeepRequestFrom':
      return keepFrom(command, found, RESTRICTED_REQUEST);
    case 'KeepNoMore':
      return keepNoMore(command, found, RESTRICTED_REQUEST);
    default:
      return assertNever(command);
  }
}

/** What a request inherits of others about the same person: once, when it is first known whom it is about. */
export const inheritedBy = (state: Held, known: { at: string; personId: string; restrictedTo: readonly string[]; keptFrom: readonly KeptForPerson[] }): RequestEvent[] =>
  state.person?.personId === known.personId ? [] : [...inherit(state, known, RESTRICTED_REQUEST), ...keptAlike(state, known, RESTRICTED_REQUEST)];

/** Nobody is given what they cannot see: it would wait for them. */
export function openTo(assessors: Assessors, state: Restrictable): Assessors {
  const chosen = [assessors.bestInterestsAssessor, assessors.mentalHealthAssessor].filter((one) => one !== null);
  if (chosen.some((one) => isKeptFrom(state, one))) return refuse('kept-from', 'This request is kept from an assessor whom you chose: they would not find it. Choose somebody else.');
  if (chosen.every((one) => isOpenTo(state, one))) return assessors;
  return refuse('not-open-to', 'This request is restricted, and not open to an assessor whom you chose: they would not find it. Choose somebody to whom it is open, or say first that it is open to them.');
}

/** Of whoever assesses it, those to whom it is open: the others do not find it any more. */
export function assessorsLeft<Some extends Assessors>(some: Some, state: Restrictable): Some {
  const ifOpen = (assessor: Who): Who => (assessor !== null && isOpenTo(state, assessor) ? assessor : null);
  return { ...some, bestInterestsAssessor: ifOpen(some.bestInterestsAssessor), mentalHealthAssessor: ifOpen(some.mentalHealthAssessor) };
}
