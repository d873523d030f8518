import { type Refusal, RuleViolation, type TextRef } from '#libs/decider';

/** Says no, with the code that tests and pages rely on and words for whoever reads it. */
export function refuse(code: `concern/${string}`, message: string): never {
  throw new RuleViolation(code, message);
}

/** Something that may be wrong with a command: whether it is, by which code, in which words, and about which of several alike. */
type Check = readonly [isWrong: boolean, code: `concern/${string}`, message: string, about?: string];

/** What of these is wrong, in the order in which a form asks for it. */
export const wrongIn = (...checks: readonly Check[]): Refusal[] =>
  checks.flatMap(([isWrong, code, message, about]) => (isWrong ? [{ code, message, ...(about === undefined ? {} : { about }) }] : []));

/** Says no to all of it at once, so that it can be mended in one go. */
export function needsNothingWrong(refusals: readonly Refusal[]): void {
  const [first] = refusals;
  if (first) throw new RuleViolation(first.code, first.message, refusals);
}

/** A person must be named: no rule, time-out or import stands in for one. */
export function needsPerson(by: string, code: `concern/${string}` = 'concern/person-required'): void {
  if (by.trim() === '') refuse(code, 'Say who is doing this. The record must name a person.');
}

/** Words that must be there, and why they are asked for. */
export function needsWords(words: TextRef | null, code: `concern/${string}`, message: string): void {
  if (words === null) refuse(code, message);
}
