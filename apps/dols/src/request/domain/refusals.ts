import { londonDay, type Day, type Instant } from '#libs/calendar';
import { RuleViolation, type TextRef } from '#libs/decider';
import { legalTestOn, type LegalTestCode } from './legal-tests.js';
import type { Who } from './parts.js';
import { isWaiting, type Authorised, type Present, type Request, type Waiting } from './state.js';

/** Says no, in words for whoever reads it at the end of a long day. */
export function refuse(code: string, message: string): never {
  throw new RuleViolation(`request/${code}`, message);
}

/** The named person behind an act. */
export function named(by: Who): string {
  return by ?? refuse('name-required', 'Say who is doing this: it has to be a named person.');
}

/** The reason behind an act. */
export function reasoned(reason: TextRef | null): TextRef {
  return reason ?? refuse('reason-required', 'Give a reason. It is kept with the record.');
}

/** A request of which anything is left. */
export function kept(state: Request): Exclude<Present, { status: 'disposed' }> {
  if (state.status === 'absent') return refuse('not-received', 'There is no such request yet.');
  if (state.status === 'disposed') return refuse('disposed', 'This request was disposed of at the end of its retention. Nothing more can be done on it.');
  return state;
}

/** A request that is there and was not entered in error. */
export function present(request: Request): Exclude<Present, { status: 'entered-in-error' | 'disposed' }> {
  const state = kept(request);
  if (state.status === 'entered-in-error') {
    return refuse('entered-in-error', 'This request was entered in error. Nothing more can be done on it.');
  }
  return state;
}

/** A request that waits for its decision, and an act on it that does not lie before its receipt. */
export function waiting(state: Request, at: Instant): Waiting {
  const found = present(state);
  if (!isWaiting(found)) return refuse('already-decided', 'This request has already been decided.');
  if (at < found.details.receivedAt) {
    return refuse('before-receipt', 'This cannot have happened before the request was received. Check the date and time.');
  }
  return found;
}

/** A request whose authorisation was granted and has not been ended. */
export function authorised(state: Request): Authorised {
  const found = present(state);
  if (found.status !== 'authorised') return refuse('not-authorised', 'There is no authorisation here to act on.');
  return found;
}

/** The legal test of the day of the act; an act that names another is refused. */
export function testOf(day: Day, claimed: LegalTestCode | undefined): LegalTestCode {
  const test = legalTestOn(day);
  if (claimed !== undefined && claimed !== test.code) {
    return refuse('wrong-legal-test', `On ${day} the ${test.name} applied (${test.source}). Check the date or the test.`);
  }
  return test.code;
}

/** A day that cannot lie after the act that tells of it. */
export function notAfter(day: Day, at: Instant, code: string): Day {
  if (day > londonDay(at)) return refuse(code, `${day} lies after the day on which this is recorded. Check the date.`);
  return day;
}
