import { type Day, type Instant, londonDay } from '#libs/calendar';
import { basisOf, dueOn, ruleInForce } from '#libs/retention';
import type { RequestEvent } from './events.js';
import { NO_CONTACT, type RetentionBasis, type RetentionClass, type RetentionRule } from './retention-rules.js';
import type { Request } from './state.js';

/**
 * Until when a request is kept, and by which rule. Undefined where nothing says so yet: it waits for its decision, its
 * authorisation may still run, or no rule is in force.
 */
export function retentionOf(state: Request, on: Day, rules: readonly RetentionRule[]): RetentionBasis | undefined {
  const of = classOf(state, on);
  const rule = of && ruleInForce(rules, of, on);
  if (!rule || state.status === 'absent') return undefined;
  const [basis, endedOn] = [basisOf(rule, state.lastContactAt), endOf(state)];
  const isLater = rule.trigger === 'end_of_authorisation' && endedOn !== null && endedOn > londonDay(state.lastContactAt);
  return { ...basis, endedOn, dueOn: isLater ? dueOn(endedOn, rule.years) : basis.dueOn };
}

function classOf(state: Request, on: Day): RetentionClass | undefined {
  if (state.status === 'entered-in-error') return 'entered_in_error';
  const isOver = state.status === 'decided' || state.status === 'ended' || (state.status === 'authorised' && state.authorisation.to < on);
  return isOver ? 'dols_request' : undefined;
}

/** The last day of its authorisation. One that ran out is over although nobody recorded that. */
export function endOf(state: Request): Day | null {
  if (state.status === 'ended') return state.ending.endedOn;
  return state.status === 'authorised' ? state.authorisation.to : null;
}

/** When somebody dealt with it by this event; undefined where nobody did. */
export function contactOf(event: RequestEvent): Instant | undefined {
  if (NO_CONTACT.some((one) => one === event.type)) return undefined;
  if (event.type !== 'RequestImported') return event.at;
  return [event.at, event.allocatedAt ?? '', event.decidedAt ?? ''].toSorted().at(-1)!;
}
