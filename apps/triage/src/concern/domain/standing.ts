import type { ConcernTriaged } from './concern-events.js';
import type { AwaitingTriage, Concern, EnteredInError, Triaged } from './concern-state.js';
import { refuse } from './refuse.js';

/** The concern, if anything of it is left. */
export function kept(state: Concern): AwaitingTriage | Triaged | EnteredInError {
  if (state.status === 'absent') return refuse('concern/not-received', 'There is no concern with this reference.');
  if (state.status === 'disposed') return refuse('concern/disposed', 'This concern was disposed of at the end of its retention. Nothing more can be done on it.');
  return state;
}

/** The concern, if anybody can still work on it. */
export function held(state: Concern): AwaitingTriage | Triaged {
  const left = kept(state);
  if (left.status === 'entered-in-error')
    return refuse('concern/entered-in-error', 'This concern was recorded as entered in error. Nothing more can be done on it.');
  return left;
}

/** The concern, if it has yet to be decided. */
export function awaiting(state: Concern): AwaitingTriage {
  if (state.status === 'awaiting-triage') return state;
  const message =
    state.status === 'triaged'
      ? 'This concern has already been decided. Reopen it if it must be decided again.'
      : 'There is no concern here that waits to be triaged.';
  return refuse('concern/not-awaiting-triage', message);
}

/** The concern, if it has been decided. */
export function decided(state: Concern): Triaged {
  const concern = held(state);
  if (concern.status === 'triaged') return concern;
  return refuse('concern/not-decided', 'This concern has not been decided yet. Triage it first.');
}

/** Whether any of these decisions opens an enquiry; an other enquiry that an old system decided on is opened by its own record alone. */
export const cameToEnquiry = (decisions: readonly ConcernTriaged[]): boolean =>
  decisions.some(({ outcome, legacy }) => outcome === 's42_enquiry' || (outcome === 'other_enquiry' && !legacy));
