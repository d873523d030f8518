import { assertNever, RuleViolation, type TextRef } from '#libs/decider';
import type { Who } from './parts.js';
import type { EnteredInError, Joined, Known, Person } from './state.js';

/** Says no, in words for whoever reads it at the end of a long day. */
export function refuse(code: string, message: string): never {
  throw new RuleViolation(`person/${code}`, message);
}

/** The named person behind an act. */
export function named(by: Who): string {
  return by ?? refuse('name-required', 'Say who is doing this: it has to be a named person.');
}

/** The reason behind an act. */
export function reasoned(reason: TextRef | null): TextRef {
  return reason ?? refuse('reason-required', 'Give a reason. It is kept with the record.');
}

/** A person who is there, whoever stands for them. */
export function kept(state: Person): Known | Joined | EnteredInError {
  return state.status === 'absent' || state.status === 'disposed' ? known(state) : state;
}

/** A person who is there and stands for themselves. */
export function known(state: Person): Known {
  switch (state.status) {
    case 'known':
      return state;
    case 'absent':
      return refuse('not-registered', 'There is no such person here yet.');
    case 'joined':
      return refuse('joined-into-another', 'This person was joined with another record. Go to that one, or separate them first.');
    case 'disposed':
      return refuse('disposed', 'Who this person was has been disposed of at the end of its retention, and cannot be brought back. Nothing more can be done here.');
    case 'entered-in-error':
      return refuse('entered-in-error', 'This person was entered in error. Nothing more can be done here.');
    default:
      return assertNever(state);
  }
}
