import type { Day, Instant } from '#libs/calendar';
import { basisOf, ruleInForce } from '#libs/retention';
import type { EnquiryEvent } from './enquiry-events.js';
import type { Enquiry } from './enquiry-state.js';
import { NO_CONTACT, type RetentionBasis, type RetentionClass, type RetentionRule } from './retention-rules.js';

/**
 * Until when an enquiry is kept, and by which rule. Undefined where nothing says so yet: it goes on, a manager is asked whether
 * it does, somebody is still kept safe by its plan, or no rule is in force.
 */
export function retentionOf(state: Enquiry, on: Day, rules: readonly RetentionRule[]): RetentionBasis | undefined {
  const of = classOf(state);
  const rule = of && ruleInForce(rules, of, on);
  return rule && state.status !== 'absent' ? basisOf(rule, state.story.lastContactAt) : undefined;
}

function classOf(state: Enquiry): RetentionClass | undefined {
  if (state.status !== 'concluded' && state.status !== 'entered-in-error') return undefined;
  const { goOnQuestion, protectionPlan } = state.story;
  if (protectionPlan) return undefined;
  if (state.status === 'entered-in-error') return 'entered_in_error';
  return goOnQuestion?.answer === null ? undefined : 'enquiry';
}

/** When somebody dealt with it by this event; undefined where nobody did. */
export function contactOf(event: EnquiryEvent): Instant | undefined {
  if (NO_CONTACT.some((one) => one === event.type)) return undefined;
  if (event.type !== 'EnquiryImported') return event.at;
  const { allocatedAt, concludedAt } = event.endedElsewhere ?? { allocatedAt: null, concludedAt: null };
  return [event.at, allocatedAt ?? '', concludedAt ?? ''].toSorted().at(-1)!;
}
