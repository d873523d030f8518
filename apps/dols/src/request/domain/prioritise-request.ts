import { londonDay } from '#libs/calendar';
import { lookReasons, type LookReason } from './codes.js';
import type { AllocateRequest, PrioritiseRequest, ReallocateRequest, RecordWaitingContact } from './commands.js';
import type { RequestEvent } from './events.js';
import type { Assessors } from './parts.js';
import { named, reasoned, refuse, waiting } from './refusals.js';
import { openTo } from './restrict-request.js';
import type { Request } from './state.js';

/** A named person gives the request its band, or a new one, and with that has looked at what was asked of them. */
export function prioritiseRequest(command: PrioritiseRequest, state: Request): RequestEvent[] {
  const found = waiting(state, command.at);
  const { at, band } = command;
  const [by, reason] = [named(command.by), reasoned(command.reason)];
  const { priority } = found;
  const isTheSame = priority?.band === band && priority.by === by && priority.reason?.hmac === reason.hmac;
  if (isTheSame && found.toLookAt.length === 0) return [];
  return [{ type: 'RequestPrioritised', at, by, band, reason }];
}

/** Gives the request to its assessors. The doctor may follow later. */
export function allocateRequest(command: AllocateRequest, state: Request): RequestEvent[] {
  const found = waiting(state, command.at);
  const by = named(command.by);
  const assessors = chosen(command);
  if (found.status === 'allocated') {
    if (isSame(found.allocation, assessors)) return [];
    return refuse('already-allocated', 'This request is allocated already. To change who has it, reallocate it.');
  }
  if (found.priority === null) {
    return refuse('not-prioritised', 'Give this request a priority first, so that nobody is taken out of turn.');
  }
  return [{ type: 'RequestAllocated', at: command.at, by, ...openTo(assessors, found) }];
}

/** Gives the request to other assessors, with a reason. */
export function reallocateRequest(command: ReallocateRequest, state: Request): RequestEvent[] {
  const found = waiting(state, command.at);
  if (found.status !== 'allocated') {
    return refuse('not-allocated', 'This request is not allocated yet. Allocate it instead.');
  }
  const assessors = chosen(command);
  if (isSame(found.allocation, assessors)) return [];
  const [by, reason] = [named(command.by), reasoned(command.reason)];
  return [{ type: 'RequestReallocated', at: command.at, by, ...openTo(assessors, found), reason }];
}

/** Waiting well: a look at somebody who waits. A change, an objection or an absence goes to a person. */
export function recordWaitingContact(command: RecordWaitingContact, state: Request): RequestEvent[] {
  waiting(state, command.at);
  const { type: _type, ...contact } = command;
  if (contact.nextContactOn <= londonDay(contact.at)) {
    return refuse('next-contact-in-the-past', 'The next contact has to lie after this one.');
  }
  const found = new Set<LookReason>();
  if (contact.objects === true) found.add('objection');
  if (contact.changed === true) found.add('changed');
  if (contact.stillThere === false) found.add('not_there');
  const toLookAt = lookReasons.filter((reason) => found.has(reason));
  return [{ type: 'WaitingContactRecorded', ...contact, by: named(contact.by), toLookAt }];
}

function chosen({ bestInterestsAssessor, mentalHealthAssessor }: Assessors): Assessors {
  if (bestInterestsAssessor === null) {
    return refuse('best-interests-assessor-required', 'Name the best interests assessor.');
  }
  if (bestInterestsAssessor === mentalHealthAssessor) {
    return refuse('same-assessor', 'The best interests assessor and the mental health assessor have to be two people.');
  }
  return { bestInterestsAssessor, mentalHealthAssessor };
}

function isSame(held: Assessors | null, asked: Assessors): boolean {
  return (
    held?.bestInterestsAssessor === asked.bestInterestsAssessor &&
    held.mentalHealthAssessor === asked.mentalHealthAssessor
  );
}
