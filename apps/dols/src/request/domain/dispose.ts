import { keepOrDispose as decided } from '#libs/retention';
import type { ConfirmDisposal, DeclineDisposal, LiftLegalHold, PlaceLegalHold, ProposeDisposal } from './commands.js';
import type { RequestEvent } from './events.js';
import { kept } from './refusals.js';
import { retentionOf } from './retention.js';
import type { Request } from './state.js';

type KeepOrDispose = PlaceLegalHold | LiftLegalHold | ProposeDisposal | DeclineDisposal | ConfirmDisposal;

/** What is done with a request at the end of its retention, and what keeps it beyond that. */
export function keepOrDispose(command: KeepOrDispose, state: Request): RequestEvent[] {
  if (state.status === 'disposed' && command.type === 'ConfirmDisposal') return [];
  const request = kept(state);
  const { person } = request;
  return decided(command, {
    code: 'request',
    noun: 'request',
    keeping: request,
    retentionOn: (day) => ('rules' in command ? retentionOf(request, day, command.rules) : undefined),
    unless: 'it waits for its decision, or its authorisation still runs',
    disposes: 'RequestDisposed' as const,
  }).map((event) => (event.type === 'RequestDisposed' && person ? { ...event, personId: person.personId } : event));
}
