import { RuleViolation, type TextRef } from '#libs/decider';

/** Says no, with the code that tests and pages rely on and words for whoever reads it. */
export function refuse(code: `organisation/${string}`, message: string): never {
  throw new RuleViolation(code, message);
}

/** The reason that a change has to have. */
export function reasonOf(reason: TextRef | null, message: string): TextRef {
  return reason ?? refuse('organisation/reason-required', message);
}
