import { londonDay } from '#libs/calendar';
import { inherited, keptAlike, OPEN_TO_ALL } from '#libs/restriction';
import type { ImportRequest, IdentifyPerson, ReceiveRequest } from './commands.js';
import type { RequestEvent } from './events.js';
import { legalTestOn } from './legal-tests.js';
import type { Details } from './parts.js';
import { refuse } from './refusals.js';
import { inheritedBy, RESTRICTED_REQUEST } from './restrict-request.js';
import type { Request } from './state.js';

/** Takes a request however incomplete; what is missing is chased. */
export function receiveRequest(command: ReceiveRequest, state: Request): RequestEvent[] {
  if (state.status !== 'absent') return [];
  coherent(command);
  const { type: _type, ...asked } = command;
  return [{ type: 'RequestReceived', ...asked }];
}

/** An urgent authorisation's last day means nothing where none was given. */
export function coherent(asked: Pick<Details, 'urgent' | 'urgentExpiresOn'>): void {
  if (asked.urgentExpiresOn !== null && asked.urgent !== true) {
    refuse('urgent-date-without-urgent', 'There is a last day for an urgent authorisation, but none was given. Say which is right.');
  }
}

/** Takes what an old system held, once. */
export function importRequest(command: ImportRequest, state: Request): RequestEvent[] {
  if (state.status !== 'absent') return [];
  const { type: _type, restricted, kept, ...held } = command;
  const legalTest = held.decidedAt === null ? null : legalTestOn(londonDay(held.decidedAt)).code;
  return [{ type: 'RequestImported', at: held.receivedAt, legacy: true, legalTest, ...held }, ...inherited(restricted, RESTRICTED_REQUEST), ...(kept ? keptAlike(OPEN_TO_ALL, kept, RESTRICTED_REQUEST) : [])];
}

/** Notes who the request is about, also where it was entered in error, so that whoever it named can be let go with it; where others about them are restricted, one that can be worked on is too, as soon as that is known and never again. The latest word on it stands, in whatever order they come. */
export function identifyPerson(command: IdentifyPerson, state: Request): RequestEvent[] {
  if (state.status === 'absent') return refuse('not-received', 'There is no such request yet.');
  if (state.status === 'disposed') return [];
  const { personId, personSequence, ageBand, at, restrictedTo = [], keptFrom = [] } = command;
  if (state.person?.personId === personId && personSequence <= state.person.personSequence) return [];
  const restricted = state.status === 'entered-in-error' ? [] : inheritedBy(state, { at, personId, restrictedTo, keptFrom });
  return [{ type: 'PersonIdentified', at, personId, personSequence, ageBand }, ...restricted];
}
