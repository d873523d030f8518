import type { ErrorProposal, TextRef } from '#libs/decider';

import type { Instant } from '#libs/calendar';
import type { Account, Deputyship, HeldRole, SavedView } from './staff-events.js';
import type { Period } from './periods.js';

/** What is known of somebody who works here. */
export interface Member {
  account: Account;
  actsAs: string;
  authority: string;
  name: TextRef;
  roles: HeldRole[];
  teams: string[];
  leave: Period[];
  deputies: Deputyship[];
  /** Of the queues, for themselves. */
  views: SavedView[];
  /** Whoever signed in before has to do so again. */
  sessionsEndedAt: Instant | null;
  errorProposal: ErrorProposal | null;
}

export interface ActiveMember {
  status: 'active';
  member: Member;
}

/** They may do nothing: their roles have no effect, and nobody acts for them. */
export interface DisabledMember {
  status: 'disabled';
  member: Member;
}

export type StaffMember = { status: 'absent' } | ActiveMember | DisabledMember | { status: 'entered-in-error'; member: Member };
