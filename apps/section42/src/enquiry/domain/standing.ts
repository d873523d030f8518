import type { Allocated, Concluded, Enquiry, EnteredInError, Open } from './enquiry-state.js';
import { refuse } from './refuse.js';

/** The enquiry, if anything of it is left. */
export function kept(state: Enquiry): Open | Allocated | Concluded | EnteredInError {
  if (state.status === 'absent') return refuse('enquiry/not-opened', 'There is no enquiry with this reference.');
  if (state.status === 'disposed') return refuse('enquiry/disposed', 'This enquiry was disposed of at the end of its retention. Nothing more can be done on it.');
  return state;
}

/** The enquiry, if anything can still be recorded on it. */
export function held(state: Enquiry): Open | Allocated | Concluded {
  const left = kept(state);
  if (left.status === 'entered-in-error')
    return refuse('enquiry/entered-in-error', 'This enquiry was recorded as entered in error. Nothing more can be done on it.');
  return left;
}

/** The enquiry, if it is still going on. */
export function ongoing(state: Enquiry): Open | Allocated {
  const enquiry = held(state);
  if (enquiry.status !== 'concluded') return enquiry;
  return refuse('enquiry/already-concluded', 'This enquiry is concluded. Reopen it if there is more to find out.');
}

/** The enquiry, if somebody is working on it. */
export function allocated(state: Enquiry): Allocated {
  const enquiry = ongoing(state);
  if (enquiry.status === 'allocated') return enquiry;
  return refuse('enquiry/not-allocated', 'Nobody has this enquiry yet. Allocate it first: the council must be able to answer for it.');
}
