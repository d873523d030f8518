import type { Day, Instant } from '#libs/calendar';
import type { ConfirmEnteredInError, DeclineEnteredInError, ProposeEnteredInError, TextRef } from '#libs/decider';

import type { StaffRole } from './codes.js';
import type { Account, Deputyship, HeldRole, SavedView } from './staff-events.js';
import type { Period } from './periods.js';

interface Act {
  at: Instant;
  by: string;
}

/** What the handler found out about the others: nobody else administers this authority. */
interface AmongOthers {
  isLastAdministrator: boolean;
}

export type RegisterStaffMember = Act & { type: 'RegisterStaffMember'; account: Account; actsAs: string; authority: string; name: TextRef | null };
export type GiveRole = Act & { type: 'GiveRole' } & HeldRole;
export type TakeRole = Act & AmongOthers & { type: 'TakeRole'; role: StaffRole; reason: TextRef | null };
export type JoinTeam = Act & { type: 'JoinTeam'; teamId: string; isTeamOpen: boolean };
export type LeaveTeam = Act & { type: 'LeaveTeam'; teamId: string };
export type RecordLeave = Act & { type: 'RecordLeave' } & Period;
export type CancelLeave = Act & { type: 'CancelLeave'; from: Day };
/** `isDeputyActive`: somebody is registered under that id, in the same authority, and not disabled. */
export type AppointDeputy = Act & { type: 'AppointDeputy'; staffMemberId: string; today: Day; isDeputyActive: boolean } & Deputyship;
export type EndDeputy = Act & { type: 'EndDeputy'; from: Day; today: Day };
export type SaveView = Act & { type: 'SaveView'; view: SavedView };
export type ForgetView = Act & { type: 'ForgetView'; view: SavedView };
export type DisableStaffMember = Act & AmongOthers & { type: 'DisableStaffMember'; reason: TextRef | null };
export type EnableStaffMember = Act & { type: 'EnableStaffMember'; reason: TextRef | null };
export type EndSessions = Act & { type: 'EndSessions'; reason: TextRef | null };
export type CorrectStaffMember = Act & { type: 'CorrectStaffMember'; name: TextRef | null; reason: TextRef | null };

export type StaffCommand =
  | RegisterStaffMember
  | GiveRole
  | TakeRole
  | JoinTeam
  | LeaveTeam
  | RecordLeave
  | CancelLeave
  | AppointDeputy
  | EndDeputy
  | SaveView
  | ForgetView
  | DisableStaffMember
  | EnableStaffMember
  | EndSessions
  | CorrectStaffMember
  | ProposeEnteredInError
  | DeclineEnteredInError
  | (ConfirmEnteredInError & AmongOthers);
