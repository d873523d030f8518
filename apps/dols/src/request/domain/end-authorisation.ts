import { addDays, londonDay } from '#libs/calendar';
import { clockOn } from './clocks.js';
import type { EndAuthorisation, RequestRenewal, ResumeAuthorisation, SuspendAuthorisation } from './commands.js';
import { sourced } from './decide-request.js';
import type { RequestEvent } from './events.js';
import { authorised, named, notAfter, reasoned, refuse } from './refusals.js';
import type { Authorised, Request } from './state.js';

/** Ends an authorisation: it ran out, was reviewed, ceased, or the person died or moved. */
export function endAuthorisation(command: EndAuthorisation, state: Request): RequestEvent[] {
  if (state.status === 'ended' && state.ending.why === command.why) return [];
  const found = authorised(state);
  return command.why === 'expired' ? expired(command, found) : [ended(command, found)];
}

/** Running out is a matter of dates: nobody decides it, and it happens on the last day whatever day was said. */
function expired({ at, by }: EndAuthorisation, { authorisation }: Authorised): RequestEvent[] {
  const endedOn = authorisation.to;
  if (londonDay(at) <= endedOn) return refuse('not-yet-expired', `This authorisation runs until the end of ${endedOn}.`);
  return [{ type: 'AuthorisationEnded', at, by, endedOn, why: 'expired', source: null, reason: null }];
}

function ended(command: EndAuthorisation, { authorisation }: Authorised): RequestEvent {
  const { at, why, endedOn } = command;
  const by = named(command.by);
  notAfter(endedOn, at, 'ended-in-the-future');
  if (endedOn > authorisation.to) {
    return refuse('already-expired', `This authorisation ran out on ${authorisation.to}. Record it as expired.`);
  }
  if (why === 'died' || why === 'moved') {
    const source = sourced(why, command.source, at);
    return { type: 'AuthorisationEnded', at, by, endedOn, why, source, reason: command.reason };
  }
  const reason = reasoned(command.reason);
  return { type: 'AuthorisationEnded', at, by, endedOn, why, source: command.source, reason };
}

/** Suspends an authorisation while the person is ineligible under the Mental Health Act. */
export function suspendAuthorisation(command: SuspendAuthorisation, state: Request): RequestEvent[] {
  const found = authorised(state);
  if (found.suspendedOn !== null) return [];
  const { at, on } = command;
  const { from, to } = found.authorisation;
  if (on < from || on > to) return refuse('not-in-force', `This authorisation runs from ${from} to ${to}.`);
  notAfter(on, at, 'suspended-in-the-future');
  return [{ type: 'AuthorisationSuspended', at, by: named(command.by), on, reason: reasoned(command.reason) }];
}

/** Lets a suspended authorisation go on, within the days that the law gives for it. */
export function resumeAuthorisation(command: ResumeAuthorisation, state: Request): RequestEvent[] {
  const { suspendedOn } = authorised(state);
  if (suspendedOn === null) return [];
  const { at, on } = command;
  notAfter(on, at, 'resumed-in-the-future');
  if (on < suspendedOn) return refuse('resumed-before-suspended', `It was suspended on ${suspendedOn}. Check the date.`);
  const last = addDays(suspendedOn, clockOn('suspension', suspendedOn).length);
  if (on > last) return refuse('suspended-too-long', `A suspension could be lifted until ${last}. End this authorisation instead.`);
  return [{ type: 'AuthorisationResumed', at, by: named(command.by), on }];
}

/** Links the request that asks for this authorisation to be followed by another. Nothing is extended by that. */
export function requestRenewal(command: RequestRenewal, state: Request): RequestEvent[] {
  const found = state.status === 'ended' ? state : authorised(state);
  if (found.renewalId === command.renewalId) return [];
  if (found.renewalId !== null) return refuse('renewal-already-asked', 'A renewal of this authorisation has already been asked for.');
  const { at, by, renewalId } = command;
  return [{ type: 'RenewalRequested', at, by, renewalId }];
}
