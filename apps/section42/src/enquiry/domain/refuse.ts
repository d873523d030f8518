import { RuleViolation, type TextRef } from '#libs/decider';

/** Says no, with the code that tests and pages rely on and words for whoever reads it. */
export function refuse(code: `enquiry/${string}`, message: string): never {
  throw new RuleViolation(code, message);
}

/** A person must be named: no rule, time-out or import stands in for one. */
export function needsPerson(by: string, code: `enquiry/${string}` = 'enquiry/person-required'): void {
  if (by.trim() === '') refuse(code, 'Say who is doing this. The record must name a person.');
}

/** Words that must be there, and why they are asked for. */
export function needsWords(words: TextRef | null, code: `enquiry/${string}`, message: string): TextRef {
  return words ?? refuse(code, message);
}
