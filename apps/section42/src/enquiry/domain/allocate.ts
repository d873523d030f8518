import type { AllocateEnquiry, ReallocateEnquiry } from './enquiry-commands.js';
import type { EnquiryEvent } from './enquiry-events.js';
import type { Enquiry } from './enquiry-state.js';
import { needsPerson, needsWords, refuse } from './refuse.js';
import { allocated, ongoing } from './standing.js';

/** A manager gives an enquiry to a worker in a team. */
export function allocate(command: AllocateEnquiry, state: Enquiry): EnquiryEvent[] {
  const enquiry = ongoing(state);
  const { at, worker, team, by } = command;
  needsSomebody(command);
  if (enquiry.status === 'allocated') {
    const { allocation } = enquiry;
    if (allocation.worker === worker && allocation.team === team) return [];
    refuse('enquiry/already-allocated', 'Somebody has this enquiry already. To give it to another worker, reallocate it and say why.');
  }
  if (at < enquiry.story.openedAt)
    refuse('enquiry/allocated-before-opened', 'An enquiry cannot be allocated before it was opened. Check the time.');
  needsNamed(command);
  return [{ type: 'EnquiryAllocated', at, worker, team, by, legacy: false }];
}

/** A manager gives it to another worker or team, and says why. */
export function reallocate(command: ReallocateEnquiry, state: Enquiry): EnquiryEvent[] {
  const { allocation } = allocated(state);
  const { at, worker, team, by } = command;
  needsSomebody(command);
  const reason = needsWords(command.reason, 'enquiry/reason-required', 'Say why this enquiry changes hands.');
  if (allocation.worker === worker && allocation.team === team) return [];
  needsNamed(command);
  return [{ type: 'EnquiryReallocated', at, worker, team, by, reason }];
}

/** To anybody else it would not be there: it would leave the queue and nobody could work on it. */
function needsNamed({ worker, openTo, keptFrom = [] }: AllocateEnquiry | ReallocateEnquiry): void {
  if (keptFrom.includes(worker)) refuse('enquiry/kept-from-worker', 'This enquiry is kept from the worker whom you chose: they would not find it. Choose somebody else.');
  if (openTo.length === 0 || openTo.includes(worker)) return;
  refuse(
    'enquiry/worker-not-named',
    'This enquiry is restricted, and the worker whom you chose is not among those who may see it. Choose somebody who is, or first add them to those who may see its concern; that reaches the enquiry within moments.',
  );
}

function needsSomebody({ by, worker, team }: AllocateEnquiry | ReallocateEnquiry): void {
  needsPerson(by);
  needsPerson(worker, 'enquiry/worker-required');
  if (team.trim() === '') refuse('enquiry/team-required', 'Say which team the worker does this for.');
}
