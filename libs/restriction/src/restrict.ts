import type { Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import { type Act, needsNamed, needsPerson, refuse } from './acts.js';
import type { KeptNoMore } from './keep-from.js';
import { isKeptFrom, namedIn, type Restrictable, type RestrictedBecause } from './restrictable.js';

/** What is said of whom a record is open to, as its own kind of record calls the command. */
export interface Restrict extends Act {
  names: readonly string[];
  why: Exclude<RestrictedBecause, 'same_person'>;
  reason: TextRef | null;
  /** Those among the names who do not work here, or do no more. */
  unknown: readonly string[];
  /** Whom the record is open to by name, as far as they work here now and may say so. */
  namedHere: readonly string[];
}
/** `namedHere`: as of `Restrict`. */
export type LiftRestriction = Act & { type: 'LiftRestriction'; reason: TextRef | null; namedHere: readonly string[] };
export type BreakGlass = Act & { type: 'BreakGlass'; until: Instant; reason: TextRef | null };

/** From now on a record is open to these members of staff alone. `by` is null where it follows from another record about the same person. */
export interface Restricting<Type extends string> {
  type: Type;
  at: Instant;
  by: string | null;
  names: string[];
  why: RestrictedBecause;
  reason: TextRef | null;
}
export type RestrictionLifted = Act & { type: 'RestrictionLifted'; reason: TextRef };

/** Somebody who is not named opened it, for a while. */
export type GlassBroken = Act & { type: 'GlassBroken'; until: Instant; reason: TextRef };
export type RestrictionEvent<Type extends string> = Restricting<Type> | RestrictionLifted | GlassBroken;

/** A kind of record, as refusals call it in their codes and in words, and the event with which one is restricted. */
export interface RestrictedKind<Type extends string> {
  code: string;
  noun: string;
  restricts: Type;
}

/** The types of the other events that are about whom a record is open to; none is a contact with whom it is about. */
export const ABOUT_RESTRICTION = ['RestrictionLifted', 'GlassBroken', 'KeptNoMore'] as const satisfies (RestrictionEvent<never> | KeptNoMore)['type'][];

/** Whoever restricts it stays named, so that it is never closed to everybody. */
export function restrictTo<Type extends string>({ at, by, names, why, reason, unknown, namedHere }: Restrict, record: Restrictable, kind: RestrictedKind<Type>): Restricting<Type>[] {
  needsPerson(by, kind);
  needsNamed(record, { by, namedHere }, kind);
  if (unknown.length > 0) return refuse(kind, 'not-staff-here', `A ${kind.noun} can be restricted only to people who work here now. Somebody you named does not.`);
  if (names.some((name) => isKeptFrom(record, name))) return refuse(kind, 'kept-from', `This ${kind.noun} is kept from somebody you named. Leave them out, or have a manager first say that it need not be.`);
  if (why === 'other' && reason === null) return refuse(kind, 'reason-required', `Say why this ${kind.noun} is to be restricted.`);
  const all = together([by, ...names]);
  if (record.restriction?.why === why && same(namedIn(record), all)) return [];
  return [{ type: kind.restricts, at, by, names: all, why, reason }];
}

export function liftRestriction({ at, by, reason, namedHere }: LiftRestriction, record: Restrictable, kind: RestrictedKind<string>): RestrictionLifted[] {
  needsPerson(by, kind);
  needsNamed(record, { by, namedHere }, kind);
  if (!record.restriction) return [];
  if (reason === null) return refuse(kind, 'reason-required', `Say why this ${kind.noun} need not be restricted any more.`);
  return [{ type: 'RestrictionLifted', at, by, reason }];
}

/** For a while it is open to somebody who is not named. */
export function breakGlass({ at, by, until, reason }: BreakGlass, record: Restrictable, kind: RestrictedKind<string>): GlassBroken[] {
  needsPerson(by, kind);
  if (reason === null) return refuse(kind, 'reason-required', `Say why you have to see this ${kind.noun}.`);
  // Whom it is kept from, nobody tells that it is there: this is what holds where somebody forgot that.
  if (isKeptFrom(record, by)) return refuse(kind, 'kept-from', `There is no such ${kind.noun}.`);
  if (!record.restriction || namedIn(record).includes(by)) return [];
  return [{ type: 'GlassBroken', at, by, until, reason }];
}

/** What a record about somebody inherits of their others: all who are named in any of those. Whom it is open to already, somebody decided: nobody else comes to see it. */
export function inherit<Type extends string>(record: Restrictable, { at, restrictedTo }: { at: Instant; restrictedTo: readonly string[] }, kind: RestrictedKind<Type>): Restricting<Type>[] {
  return record.restriction || restrictedTo.length === 0 ? [] : inherited({ at, names: restrictedTo }, kind);
}

/** By nobody's act; nothing where nothing is inherited. */
export const inherited = <Type extends string>(restricted: { at: Instant; names: readonly string[] } | undefined, { restricts }: RestrictedKind<Type>): Restricting<Type>[] =>
  restricted ? [{ type: restricts, at: restricted.at, by: null, names: together(restricted.names), why: 'same_person', reason: null }] : [];

/** What a story says of whom its record is open to after one more event of that. */
export function restrictionAfter(record: Restrictable, event: RestrictionEvent<string>): Pick<Restrictable, 'restriction' | 'glass'> {
  const { restriction, glass = [] } = record;
  if ('names' in event) return { glass, restriction: { at: event.at, names: event.names, why: event.why } };
  if (!('until' in event)) return { glass, restriction: null };
  return { restriction, glass: [...glass.filter(({ by }) => by !== event.by), { at: event.at, by: event.by, until: event.until, reason: event.reason }] };
}

/** Whether somebody did so, and it does not follow from another record: then it puts an end to a proposal that the record may go. */
export const isRestrictedBySomebody = ({ by }: { by: string | null }): boolean => by !== null;

/** What may be done about whom a record is open to, so far as its story alone can tell; `restrict` is the command that says it. */
export const permittedToRestrict = <Type extends string>({ restriction }: Restrictable, restrict: Type): (Type | 'LiftRestriction' | 'BreakGlass')[] =>
  restriction ? [restrict, 'LiftRestriction', 'BreakGlass'] : [restrict];

const together = (names: readonly string[]): string[] => [...new Set(names)].toSorted();
const same = (some: readonly string[], others: readonly string[]): boolean => some.join(' ') === others.join(' ');
