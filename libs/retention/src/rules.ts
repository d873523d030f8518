import { addDays, addYears, type Day, type Instant, londonDay } from '#libs/calendar';

/** What records are kept as, in all services: a council has one schedule for them. */
export const CLASSES = ['no_enquiry', 'with_enquiry', 'enquiry', 'dols_request', 'entered_in_error', 'person'] as const;

/** From when years count: the last time that anybody dealt with it, or the end of the authorisation where that is later; of who somebody is, the day on which the last record that named them was disposed of. */
export const TRIGGERS = ['last_contact', 'end_of_authorisation', 'last_record'] as const;

/**
 * How long something is kept. No law says: councils' schedules disagree, so each rule is somebody's, with its source and the
 * day from which it holds, and a council may bring its own.
 */
export interface RetentionRule<Class extends string = string, Trigger extends string = string> {
  class: Class;
  version: number;
  source: string;
  effectiveFrom: Day;
  /** From when the years count. */
  trigger: Trigger;
  years: number;
}

/** By what something was disposed of, as it stood then. */
export interface RetentionBasis<Class extends string = string, Trigger extends string = string>
  extends Pick<RetentionRule<Class, Trigger>, 'class' | 'version' | 'source' | 'trigger' | 'years'> {
  /** The last time that anybody dealt with it. */
  lastContactAt: Instant;
  dueOn: Day;
}

/** The rule for a class that is in force on a day: the one that took effect last. */
export function ruleInForce<Rule extends RetentionRule>(rules: readonly Rule[], of: Rule['class'], on: Day): Rule | undefined {
  return rules
    .filter((rule) => rule.class === of && rule.effectiveFrom <= on)
    .toSorted((one, other) => one.effectiveFrom.localeCompare(other.effectiveFrom) || one.version - other.version)
    .at(-1);
}

/** The first day on which something may go whose years count from a day. */
export const dueOn = (from: Day, years: number): Day => addDays(addYears(from, years), 1);

/** What a rule comes to for something that nobody has dealt with since then. */
export function basisOf<Class extends string, Trigger extends string>(rule: RetentionRule<Class, Trigger>, lastContactAt: Instant): RetentionBasis<Class, Trigger> {
  const { class: name, version, source, trigger, years } = rule;
  return { class: name, version, source, trigger, years, lastContactAt, dueOn: dueOn(londonDay(lastContactAt), years) };
}
