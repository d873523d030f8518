import { londonDay, type Day, type Instant } from '#libs/calendar';
import { lookReasons, type Factor, type LookReason } from './codes.js';
import type { ScreenRequest } from './commands.js';
import type { RequestEvent } from './events.js';
import { legalTestOn, type LegalTestCode } from './legal-tests.js';
import { reasoned, testOf, waiting } from './refusals.js';
import { isWaiting, type Request } from './state.js';

const objections: readonly Factor[] = ['person_objects', 'family_objects', 'attempts_to_leave'];

/** Screening ranks and asks. Whatever it finds, the request goes on waiting; an objection goes to a person. */
export function screenRequest(command: ScreenRequest, state: Request): RequestEvent[] {
  waiting(state, command.at);
  if (command.result === 'unlikely') reasoned(command.reason);
  const { at, by, factors, result, reason } = command;
  const legalTest = testOf(londonDay(at), command.legalTest);
  return [{ type: 'RequestScreened', at, by, factors, result, reason, legalTest, toLookAt: looks(command) }];
}

function looks({ factors, result }: ScreenRequest): LookReason[] {
  const found = new Set<LookReason>();
  if (objections.some((factor) => factors[factor] === 'yes')) found.add('objection');
  if (result !== 'likely') found.add(result);
  return lookReasons.filter((reason) => found.has(reason));
}

/** What a request was last looked at under. */
export interface LookedAt {
  screenedUnder: LegalTestCode | null;
  legacy: boolean;
  receivedAt: Instant;
}

/**
 * Whether a waiting request was last looked at under a legal test that is no longer the law: its screening, or,
 * where an old system brought it without one, its receipt. A change of law closes nothing; people look again.
 */
export function lookedAtUnderEarlierTest({ screenedUnder, legacy, receivedAt }: LookedAt, today: Day): boolean {
  const now = legalTestOn(today).code;
  if (screenedUnder !== null) return screenedUnder !== now;
  return legacy && legalTestOn(londonDay(receivedAt)).code !== now;
}

/** Whether a request waits and has to be screened again. */
export function needsRescreening(state: Request, today: Day): boolean {
  if (!isWaiting(state)) return false;
  const { screening, legacy, details } = state;
  return lookedAtUnderEarlierTest({ screenedUnder: screening?.legalTest ?? null, legacy, receivedAt: details.receivedAt }, today);
}

/** Whether an authorisation that has not been ended was granted under an earlier legal test. */
export function authorisedUnderEarlierTest(state: Request, today: Day): boolean {
  return state.status === 'authorised' && state.authorisation.legalTest !== legalTestOn(today).code;
}
