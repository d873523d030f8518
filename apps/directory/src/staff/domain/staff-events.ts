import type { Instant } from '#libs/calendar';
import type { EnteredInErrorDeclined, EnteredInErrorProposed, TextRef } from '#libs/decider';

import type { StaffRole, ViewQueue } from './codes.js';
import type { Period } from './periods.js';

/** Where somebody signs in: the provider's tenant and its own id of the account. Never an e-mail address, which is given on to others. */
export interface Account {
  tid: string;
  oid: string;
}

/** A role, and the authority in which it holds; null is for the board, which belongs to none. */
export interface HeldRole {
  role: StaffRole;
  authority: string | null;
}

/** Somebody who may act for another, on these days. */
export interface Deputyship extends Period {
  deputyId: string;
}

/** What somebody chose of a queue, by the names of its filters. Codes alone: it is called by these, so that nothing about anybody gets into it. */
export interface SavedView {
  queue: ViewQueue;
  filters: Record<string, string>;
}

interface Act {
  at: Instant;
  by: string;
}

export interface StaffMemberRegistered extends Act {
  type: 'StaffMemberRegistered';
  account: Account;
  /** The id by which journals and audits name them. */
  actsAs: string;
  /** The authority whose administrators look after the record. */
  authority: string;
  name: TextRef;
}

/** What there is after a change goes with it, so that others learn it whole. */
export type StaffEvent =
  | StaffMemberRegistered
  | (Act & { type: 'RoleGiven'; given: HeldRole; roles: HeldRole[] })
  | (Act & { type: 'RoleTaken'; taken: StaffRole; roles: HeldRole[]; reason: TextRef })
  | (Act & { type: 'TeamJoined'; teamId: string; teams: string[] })
  | (Act & { type: 'TeamLeft'; teamId: string; teams: string[] })
  | (Act & { type: 'LeaveRecorded'; period: Period; leave: Period[] })
  | (Act & { type: 'LeaveCancelled'; from: string; leave: Period[] })
  | (Act & { type: 'DeputyAppointed'; appointed: Deputyship; deputies: Deputyship[] })
  | (Act & { type: 'DeputyEnded'; from: string; deputies: Deputyship[] })
  | (Act & { type: 'ViewSaved'; saved: SavedView; views: SavedView[] })
  | (Act & { type: 'ViewForgotten'; forgotten: SavedView; views: SavedView[] })
  | (Act & { type: 'StaffMemberDisabled'; reason: TextRef })
  | (Act & { type: 'StaffMemberEnabled'; reason: TextRef })
  | (Act & { type: 'SessionsEnded'; reason: TextRef })
  | (Act & { type: 'StaffMemberCorrected'; name: TextRef; reason: TextRef })
  | EnteredInErrorProposed
  | EnteredInErrorDeclined
  | { type: 'StaffMemberEnteredInError'; at: Instant; proposedBy: string; confirmedBy: string; reason: TextRef };
