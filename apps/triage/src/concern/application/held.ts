import type { Held } from '#libs/access';
import type { Standing } from '#libs/journal';
import type { Concern } from '../domain/concern.js';

/** What the right to a concern depends on. */
export const heldOf = ({ authority, begunBy, state }: Standing<Concern>): Held => ({
  authority,
  raisedBy: state.status === 'disposed' ? null : begunBy,
  aboutPersonId: state.status === 'absent' ? null : state.story.personId,
});
