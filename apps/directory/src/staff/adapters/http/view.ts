import type { Standing } from '#libs/journal';
import type { Answer } from '#libs/platform';
import { permitted, type StaffMember } from '../../domain/staff-member.js';

/** A member of staff as the API answers it: codes, days and ids, and what may be done next; not the views, which are theirs alone. */
export interface StaffView extends Answer {
  status: StaffMember['status'];
  [more: string]: unknown;
}

export function viewOf({ recordId, authority, state, sequence }: Standing<StaffMember>): StaffView {
  const head = { id: recordId, sequence, authority, status: state.status, permitted: permitted(state) };
  if (state.status === 'absent') return head;
  const { name: _kept, errorProposal, authority: _own, views: _theirs, ...member } = state.member;
  return { ...head, ...member, ...(errorProposal ? { errorProposedBy: errorProposal.by } : {}) };
}
