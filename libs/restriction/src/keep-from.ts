import type { Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import { type Act, needsNamed, needsPerson, refuse } from './acts.js';
import { isKeptFrom, type KeptBecause, namedIn, type Restrictable } from './restrictable.js';

/** What holds of whom a record is about, and so of every other record about them: a source of risk in one need be none in another. */
export const KEPT_FOR_THE_PERSON = ['about_oneself', 'close_to_person'] as const satisfies KeptBecause[];

/** Somebody from whom records about one person are kept for that person's sake. */
export interface KeptForPerson {
  id: string;
  why: (typeof KEPT_FOR_THE_PERSON)[number];
}

/** What is said of whom a record is kept from, as its own kind of record calls the command. Whoever acts may be one of them. */
export interface Keep extends Act {
  staff: readonly string[];
  why: KeptBecause;
  reason: TextRef | null;
  /** Those among them who do not work here, or do no more. */
  unknown: readonly string[];
  /** Whom the record is open to by name, as far as they work here now and could go on with it. */
  namedHere: readonly string[];
  /** Who works here now and may take it back, whoever the record is open to. */
  managers: readonly string[];
}
/** `namedHere`: those of them who may take it back. */
export type KeepNoMore = Act & { type: 'KeepNoMore'; staff: readonly string[]; reason: TextRef | null; namedHere: readonly string[] };

/** From now on a record is not there for these members of staff. `by` is null where it follows from another record about the same person. */
export interface Keeping<Type extends string> {
  type: Type;
  at: Instant;
  by: string | null;
  staff: string[];
  why: KeptBecause;
  reason: TextRef | null;
}
export type KeptNoMore = Act & { type: 'KeptNoMore'; staff: string[]; reason: TextRef };
export type KeepingFromEvent<Type extends string> = Keeping<Type> | KeptNoMore;

/** A kind of record, as refusals call it in their codes and in words, and the event with which one is kept from somebody. */
export interface KeptKind<Type extends string> {
  code: string;
  noun: string;
  keeps: Type;
}

/** Somebody who could go on with it is left: of those who are named where it is restricted, else of those who may take it back. */
export function keepFrom<Type extends string>(keep: Keep, record: Restrictable, kind: KeptKind<Type>): Keeping<Type>[] {
  const { at, by, why, reason, unknown } = keep;
  needsPerson(by, kind);
  const staff = together(keep.staff);
  if (staff.length === 0) return refuse(kind, 'nobody-named', `Say from whom this ${kind.noun} is to be kept.`);
  // That something is about oneself is for nobody else to say, whoever is named.
  if (staff.some((id) => id !== by)) needsNamed(record, keep, kind);
  if (unknown.length > 0) return refuse(kind, 'not-staff-here', `A ${kind.noun} can be kept only from people who work here now. Somebody you chose does not.`);
  if (why === 'other' && reason === null) return refuse(kind, 'reason-required', `Say why this ${kind.noun} is to be kept from them.`);
  const fresh = staff.filter((id) => record.keptFrom?.find((one) => one.id === id)?.why !== why);
  if (fresh.length === 0) return [];
  needsSomebodyLeft(keep, record, kind);
  return [{ type: kind.keeps, at, by, staff: fresh, why, reason }];
}

function needsSomebodyLeft({ staff, namedHere, managers }: Keep, record: Restrictable, kind: KeptKind<string>): void {
  const left = (record.restriction ? namedHere : managers).filter((id) => !staff.includes(id) && !isKeptFrom(record, id));
  if (left.length > 0) return;
  refuse(kind, 'nobody-left', record.restriction
    ? `Nobody would be left who could go on with this ${kind.noun}. A manager first has to say that it is open to somebody else.`
    : `Nobody would be left who could go on with this ${kind.noun}. Ask an administrator first for another manager.`);
}

export function keepNoMore({ at, by, staff, reason, namedHere }: KeepNoMore, record: Restrictable, kind: KeptKind<string>): KeptNoMore[] {
  needsPerson(by, kind);
  needsNamed(record, { by, namedHere }, kind);
  const those = together(staff).filter((id) => isKeptFrom(record, id));
  if (those.length === 0) return [];
  if (reason === null) return refuse(kind, 'reason-required', `Say why this ${kind.noun} need not be kept from them any more.`);
  return [{ type: 'KeptNoMore', at, by, staff: those, reason }];
}

/** By nobody's act: what holds for the person's sake in their other records, as far as it is not said of this one already. */
export const keptAlike = <Type extends string>(record: Restrictable, { at, keptFrom = [] }: { at: Instant; keptFrom?: readonly KeptForPerson[] }, { keeps }: KeptKind<Type>): Keeping<Type>[] =>
  KEPT_FOR_THE_PERSON.flatMap((why) => {
    const staff = together(keptFrom.filter((one) => one.why === why && !isKeptFrom(record, one.id)).map(({ id }) => id));
    return staff.length === 0 ? [] : [{ type: keeps, at, by: null, staff, why, reason: null }];
  });

/** What a story says of whom its record is kept from after one more event of that. */
export function keptAfter({ keptFrom = [] }: Restrictable, event: KeepingFromEvent<string>): Required<Pick<Restrictable, 'keptFrom'>> {
  const others = keptFrom.filter(({ id }) => !event.staff.includes(id));
  if (!('why' in event)) return { keptFrom: others };
  const { at, by, why } = event;
  return { keptFrom: [...others, ...event.staff.map((id) => ({ id, why, at, by }))].toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
}

/** Whether somebody can be given a record: to whomever else, it would not be there. */
export const isOpenTo = (record: Restrictable, id: string): boolean => !isKeptFrom(record, id) && (!record.restriction || namedIn(record).includes(id));

/** What may be done about whom a record is kept from, so far as its story alone can tell; `keep` is the command that says it. */
export const permittedToKeep = <Type extends string>({ keptFrom = [] }: Restrictable, keep: Type): (Type | 'KeepNoMore')[] => (keptFrom.length > 0 ? [keep, 'KeepNoMore'] : [keep]);

const together = (staff: readonly string[]): string[] => [...new Set(staff)].toSorted();
