import { assertNever } from '#libs/decider';

import type { Correction, EnquiryConcluded } from './enquiry-events.js';
import type { Enquiry } from './enquiry-state.js';

type Known = Exclude<Enquiry, { status: 'absent' }>;

/** The enquiry with one field put right. */
export function corrected(state: Known, correction: Correction): Enquiry {
  const { field, value } = correction;
  switch (field) {
    case 'openedAt':
      return { ...state, story: { ...state.story, openedAt: value, isOpeningSettled: true } };
    case 'conductedBy':
      return { ...state, story: { ...state.story, conductedBy: value } };
    case 'allocatedAt':
      return state.status === 'allocated' || state.status === 'concluded' ? { ...state, allocation: { ...state.allocation, at: value } } : state;
    case 'concludedAt':
      return withConclusion(state, { at: value });
    case 'mentalCapacity':
      return withConclusion(state, { mentalCapacity: value });
    case 'advocate':
      return withConclusion(state, { advocate: value });
    case 'outcomes':
      return withConclusion(state, { outcomesAsked: value.asked, outcomesAchieved: value.achieved });
    default:
      return assertNever(field);
  }
}

function withConclusion(state: Known, change: Partial<EnquiryConcluded>): Enquiry {
  return state.status === 'concluded' ? { ...state, conclusion: { ...state.conclusion, ...change } } : state;
}
