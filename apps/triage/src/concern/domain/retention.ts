import type { Day } from '#libs/calendar';
import { basisOf, ruleInForce } from '#libs/retention';
import type { ConcernTriaged } from './concern-events.js';
import type { Concern } from './concern-state.js';
import type { RetentionBasis, RetentionClass, RetentionRule } from './retention-rules.js';
import { cameToEnquiry } from './standing.js';

/** What has to be known besides the concern itself to say how long it is kept. */
export interface Schedule {
  rules: readonly RetentionRule[];
  /** Its enquiry was disposed of, as `section42` says: nothing is kept with it any more. */
  isEnquiryGone: boolean;
}

/**
 * Until when a concern is kept, and by which rule. Undefined where nothing says so yet: it waits for a decision or its referrer
 * for an answer, it is kept with the enquiry that it came to, or no rule is in force.
 */
export function retentionOf(state: Concern, on: Day, { rules, isEnquiryGone }: Schedule): RetentionBasis | undefined {
  const of = hasEnquiry(state) && !isEnquiryGone ? undefined : classOf(state);
  const rule = of && ruleInForce(rules, of, on);
  return rule && state.status !== 'absent' ? basisOf(rule, state.story.lastContactAt) : undefined;
}

function classOf(state: Concern): RetentionClass | undefined {
  if (state.status === 'entered-in-error') return 'entered_in_error';
  if (state.status !== 'triaged' || state.feedback === 'owed') return undefined;
  return hasEnquiry(state) ? 'with_enquiry' : 'no_enquiry';
}

/** Whether any decision on it came to an enquiry. */
export const hasEnquiry = (state: Concern): boolean => cameToEnquiry(decisionsOf(state));

function decisionsOf(state: Concern): ConcernTriaged[] {
  if (state.status === 'absent') return [];
  return state.status === 'triaged' ? [...state.story.earlierDecisions, state.decision] : state.story.earlierDecisions;
}
