import { keepOrDispose as decided } from '#libs/retention';

import type { ConfirmDisposal, DeclineDisposal, LiftLegalHold, PlaceLegalHold, ProposeDisposal } from './enquiry-commands.js';
import type { EnquiryEvent } from './enquiry-events.js';
import type { Enquiry } from './enquiry-state.js';
import { retentionOf } from './retention.js';
import { kept } from './standing.js';

type KeepOrDispose = PlaceLegalHold | LiftLegalHold | ProposeDisposal | DeclineDisposal | ConfirmDisposal;

/** What is done with an enquiry at the end of its retention, and what keeps it beyond that. */
export function keepOrDispose(command: KeepOrDispose, state: Enquiry): EnquiryEvent[] {
  if (state.status === 'disposed' && command.type === 'ConfirmDisposal') return [];
  const enquiry = kept(state);
  return decided(command, {
    code: 'enquiry',
    noun: 'enquiry',
    keeping: enquiry.story,
    heldWith: { noun: 'concern', is: 'concernHeld' in command ? command.concernHeld : 'no' },
    retentionOn: (day) => ('rules' in command ? retentionOf(enquiry, day, command.rules) : undefined),
    unless: 'it is not concluded, or somebody is still asked or kept safe by it',
    disposes: 'EnquiryDisposed' as const,
  });
}
