import type { Standing } from '#libs/journal';
import type { Answer } from '#libs/platform';
import { type Mention, permitted } from '../../domain/mention.js';

/** A name that an extract gives an organisation, as the API answers it. */
export interface MentionView extends Answer {
  status: Mention['status'];
  [more: string]: unknown;
}

export function viewOf({ recordId, authority, state, sequence }: Standing<Mention>): MentionView {
  const head = { id: recordId, sequence, authority, status: state.status, permitted: permitted(state).filter((type) => type !== 'FindMention') };
  if (state.status === 'absent') return head;
  const { file, kind } = state.mention;
  return { ...head, file, kind, organisationId: state.status === 'matched' ? state.organisationId : null };
}
