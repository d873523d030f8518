import type { Day } from '#libs/calendar';
import { basisOf, ruleInForce } from '#libs/retention';
import type { ConcernTriaged } from './concern-events.js';
import type { Concern } from './concern-state.js';
import type { RetentionBasis, RetentionClass, RetentionRule } from './retention-rules.js';
import { cameToEnquiry } from './standing.js';

/**
 * Until when a concern is kept, and by which rule. Undefined where nothing says so yet: it waits for a decision or its referrer
 * for an answer, it came to an enquiry, with which it is kept, or no rule is in force.
 */
export function retentionOf(state: Concern, on: Day, rules: readonly RetentionRule[]): RetentionBasis | undefined {
  const of = classOf(state);
  const rule = of && ruleInForce(rules, of, on);
  if (!rule || state.status === 'absent') return undefined;
  return basisOf(rule, state.story.lastContactAt);
}

function classOf(state: Concern): RetentionClass | undefined {
  if (cameToEnquiry(decisionsOf(state))) return undefined;
  if (state.status === 'entered-in-error') return 'entered_in_error';
  return state.status === 'triaged' && state.feedback !== 'owed' ? 'no_enquiry' : undefined;
}

function decisionsOf(state: Concern): ConcernTriaged[] {
  if (state.status === 'absent') return [];
  return state.status === 'triaged' ? [...state.story.earlierDecisions, state.decision] : state.story.earlierDecisions;
}
