import { assertNever } from '#libs/decider';
import { breakGlass, inherit, liftRestriction, namedIn, type Restrictable, type RestrictedKind, restrictTo } from '#libs/restriction';
import type { BreakGlass, LiftRestriction, RestrictRequest } from './commands.js';
import type { RequestEvent } from './events.js';
import type { Assessors, Who } from './parts.js';
import { kept, refuse } from './refusals.js';
import type { Held, Request } from './state.js';

export const RESTRICTED_REQUEST = { code: 'request', noun: 'request', restricts: 'RequestRestricted' } as const satisfies RestrictedKind<string>;

/** Whom a request is open to: everybody whose right it is, or some of the staff by name. */
export function restrictRequest(command: RestrictRequest | LiftRestriction | BreakGlass, state: Request): RequestEvent[] {
  const found = kept(state);
  switch (command.type) {
    case 'RestrictRequest':
      return restrictTo(command, found, RESTRICTED_REQUEST);
    case 'LiftRestriction':
      return liftRestriction(command, found, RESTRICTED_REQUEST);
    case 'BreakGlass':
      return breakGlass(command, found, RESTRICTED_REQUEST);
    default:
      return assertNever(command);
  }
}

/** What a request inherits of others about the same person: once, when it is first known whom it is about. */
export const inheritedBy = (state: Held, known: { at: string; personId: string; restrictedTo: readonly string[] }): RequestEvent[] =>
  state.person?.personId === known.personId ? [] : inherit(state, known, RESTRICTED_REQUEST);

/** Nobody is given what they cannot see: it would wait for them. */
export function openTo(assessors: Assessors, state: Restrictable): Assessors {
  const { bestInterestsAssessor, mentalHealthAssessor } = assessors;
  const isOpenTo = (assessor: Who): boolean => assessor === null || namedIn(state).includes(assessor);
  if (!state.restriction || (isOpenTo(bestInterestsAssessor) && isOpenTo(mentalHealthAssessor))) return assessors;
  return refuse('not-open-to', 'This request is restricted, and not open to an assessor whom you chose: they would not find it. Choose somebody to whom it is open, or say first that it is open to them.');
}

/** Of whoever assesses it, those to whom it is open by name: the others do not find it any more. */
export function assessorsNamed<Some extends Assessors>(some: Some, names: readonly string[]): Some {
  const ifNamed = (assessor: Who): Who => (assessor !== null && names.includes(assessor) ? assessor : null);
  return { ...some, bestInterestsAssessor: ifNamed(some.bestInterestsAssessor), mentalHealthAssessor: ifNamed(some.mentalHealthAssessor) };
}
