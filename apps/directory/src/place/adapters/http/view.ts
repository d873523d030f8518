import type { Standing } from '#libs/journal';
import type { Answer } from '#libs/platform';
import { permitted, type Place } from '../../domain/place.js';

/** A place as the API answers it. */
export interface PlaceView extends Answer {
  status: Place['status'];
  [more: string]: unknown;
}

export function viewOf({ recordId, authority, state, sequence }: Standing<Place>): PlaceView {
  const head = { id: recordId, sequence, authority, status: state.status, permitted: permitted(state) };
  if (state.status === 'absent') return head;
  const { name: _kept, errorProposal, ...place } = state.place;
  return { ...head, ...place, closedOn: state.status === 'closed' ? state.closedOn : null, ...(errorProposal ? { errorProposedBy: errorProposal.by } : {}) };
}
