import type { Instant } from '#libs/calendar';
import { RuleViolation } from '#libs/decider';
import { namedIn, type Restrictable } from './restrictable.js';

export interface Act {
  at: Instant;
  by: string;
}

/** A kind of record, as refusals call it in their codes and in words. */
interface Kind {
  code: string;
  noun: string;
}

/** A glass is broken to see, and not to stay: while somebody who is named works here and may say whom it is open to, that is for them. */
export function needsNamed(record: Restrictable, { by, namedHere }: { by: string; namedHere: readonly string[] }, kind: Kind): void {
  if (!record.restriction || namedIn(record).includes(by) || namedHere.length === 0) return;
  refuse(kind, 'not-named', `Whom this ${kind.noun} is open to is for those to say who are named. Ask one of them.`);
}

/** A person must be named: no rule, time-out or import stands in for one. */
export function needsPerson(by: string, kind: Kind): void {
  if (by.trim() === '') refuse(kind, 'person-required', 'Say who is doing this. The record must name a person.');
}

export function refuse({ code }: Kind, what: string, message: string): never {
  throw new RuleViolation(`${code}/${what}`, message);
}
