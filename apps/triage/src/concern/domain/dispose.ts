import { keepOrDispose as decided } from '#libs/retention';
import type { ConfirmDisposal, DeclineDisposal, LiftLegalHold, PlaceLegalHold, ProposeDisposal } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { retentionOf } from './retention.js';
import { kept } from './standing.js';

type KeepOrDispose = PlaceLegalHold | LiftLegalHold | ProposeDisposal | DeclineDisposal | ConfirmDisposal;

/** What is done with a concern at the end of its retention, and what keeps it beyond that. */
export function keepOrDispose(command: KeepOrDispose, state: Concern): ConcernEvent[] {
  if (state.status === 'disposed' && command.type === 'ConfirmDisposal') return [];
  const concern = kept(state);
  const { personId } = concern.story;
  return decided(command, {
    code: 'concern',
    noun: 'concern',
    keeping: concern.story,
    heldWith: { noun: 'enquiry', is: 'isEnquiryHeld' in command && command.isEnquiryHeld ? 'yes' : 'no' },
    retentionOn: (day) => ('rules' in command ? retentionOf(concern, day, command) : undefined),
    unless: 'something is left to be done with it, or it is kept with its enquiry',
    disposes: 'ConcernDisposed' as const,
  }).map((event) => (event.type === 'ConcernDisposed' && personId !== null ? { ...event, personId } : event));
}
