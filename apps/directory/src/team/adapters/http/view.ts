import type { Standing } from '#libs/journal';
import type { Answer } from '#libs/platform';
import { permitted, type Team } from '../../domain/team.js';

/** A team as the API answers it. */
export interface TeamView extends Answer {
  status: Team['status'];
  [more: string]: unknown;
}

export function viewOf({ recordId, authority, state, sequence }: Standing<Team>): TeamView {
  const head = { id: recordId, sequence, authority, status: state.status, permitted: permitted(state) };
  if (state.status === 'absent') return head;
  const { code, errorProposal } = state.team;
  return { ...head, code, ...(errorProposal ? { errorProposedBy: errorProposal.by } : {}) };
}
