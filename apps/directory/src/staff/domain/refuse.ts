import { RuleViolation, type TextRef } from '#libs/decider';

import type { ActiveMember, DisabledMember, StaffMember } from './staff-state.js';

/** Says no, with the code that tests and pages rely on and words for whoever reads it. */
export function refuse(code: `staff-member/${string}`, message: string): never {
  throw new RuleViolation(code, message);
}

/** The reason that a change has to have. */
export function reasonOf(reason: TextRef | null, message: string): TextRef {
  return reason ?? refuse('staff-member/reason-required', message);
}

/** Whoever is registered, disabled or not. */
export function held(state: StaffMember): ActiveMember | DisabledMember {
  if (state.status === 'absent') return refuse('staff-member/not-registered', 'Nobody is registered here under this id.');
  if (state.status === 'entered-in-error') return refuse('staff-member/entered-in-error', 'This was recorded as entered in error. Register them again if they work here.');
  return state;
}

/** Whoever may work. */
export function active(state: StaffMember): ActiveMember {
  const found = held(state);
  if (found.status === 'active') return found;
  return refuse('staff-member/disabled', 'They are disabled. Enable them first, with a reason.');
}
