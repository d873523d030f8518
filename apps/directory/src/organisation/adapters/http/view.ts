import type { Standing } from '#libs/journal';
import type { Answer } from '#libs/platform';
import { type Organisation, permitted } from '../../domain/organisation.js';

/** Who signs in for it. Partners read organisations too, and see of each other's people nothing. */
export function partnersOf(standing: Standing<Organisation>): OrganisationView {
  const linked = standing.state.status === 'absent' ? [] : standing.state.organisation.partners;
  return { ...viewOf(standing), partners: linked.map(({ id }) => id), linked };
}

/** A partner organisation as the API answers it. */
export interface OrganisationView extends Answer {
  status: Organisation['status'];
  [more: string]: unknown;
}

export function viewOf({ recordId, authority, state, sequence }: Standing<Organisation>): OrganisationView {
  const head = { id: recordId, sequence, authority, status: state.status, permitted: permitted(state) };
  if (state.status === 'absent') return head;
  const { kind, errorProposal } = state.organisation;
  return { ...head, kind, closedOn: state.status === 'closed' ? state.closedOn : null, ...(errorProposal ? { errorProposedBy: errorProposal.by } : {}) };
}
