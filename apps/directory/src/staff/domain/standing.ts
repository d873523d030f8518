import { agreedError } from '#libs/decider';

import type { CorrectStaffMember, DisableStaffMember, EnableStaffMember, EndSessions, JoinTeam, LeaveTeam, RegisterStaffMember, StaffCommand } from './staff-commands.js';
import type { StaffEvent } from './staff-events.js';
import type { StaffMember } from './staff-state.js';
import { active, held, reasonOf, refuse } from './refuse.js';
import { needsAnotherAdministrator } from './roles.js';

/** Makes somebody known who works here. They may do nothing until somebody gives them a role. */
export function register({ at, by, account, actsAs, authority, name }: RegisterStaffMember, state: StaffMember): StaffEvent[] {
  if (state.status === 'active' || state.status === 'disabled') return [];
  if (name === null) return refuse('staff-member/name-required', 'Say what the person is called.');
  return [{ type: 'StaffMemberRegistered', at, by, account, actsAs, authority, name }];
}

export function joinTeam({ at, by, teamId, isTeamOpen }: JoinTeam, state: StaffMember): StaffEvent[] {
  const { teams } = active(state).member;
  if (teams.includes(teamId)) return [];
  if (!isTeamOpen) refuse('staff-member/no-such-team', 'There is no such team in this authority, or it is closed.');
  return [{ type: 'TeamJoined', at, by, teamId, teams: [...teams, teamId] }];
}

export function leaveTeam({ at, by, teamId }: LeaveTeam, state: StaffMember): StaffEvent[] {
  const { teams } = held(state).member;
  return teams.includes(teamId) ? [{ type: 'TeamLeft', at, by, teamId, teams: teams.filter((one) => one !== teamId) }] : [];
}

export function disable({ at, by, ...command }: DisableStaffMember, state: StaffMember): StaffEvent[] {
  if (held(state).status === 'disabled') return [];
  const reason = reasonOf(command.reason, 'Say why they may not work here any more.');
  needsAnotherAdministrator(state, command.isLastAdministrator);
  return [{ type: 'StaffMemberDisabled', at, by, reason }];
}

export function enable({ at, by, ...command }: EnableStaffMember, state: StaffMember): StaffEvent[] {
  const { status, member } = held(state);
  if (status === 'active') return [];
  if (by === member.actsAs) refuse('staff-member/own-enabling', 'Nobody enables themselves. An administrator has to.');
  return [{ type: 'StaffMemberEnabled', at, by, reason: reasonOf(command.reason, 'Say why they may work here again.') }];
}

/** Whoever is signed in as them has to sign in again: a laptop was lost, or somebody else knows how they sign in. */
export function endSessions({ at, by, ...command }: EndSessions, state: StaffMember): StaffEvent[] {
  const { sessionsEndedAt } = active(state).member;
  if (sessionsEndedAt !== null && at <= sessionsEndedAt) return [];
  return [{ type: 'SessionsEnded', at, by, reason: reasonOf(command.reason, 'Say why they have to sign in again.') }];
}

/** Puts right what somebody is called. */
export function correct({ at, by, name, ...command }: CorrectStaffMember, state: StaffMember): StaffEvent[] {
  const { member } = held(state);
  if (name === null) return refuse('staff-member/name-required', 'Say what the person is called.');
  const reason = reasonOf(command.reason, 'Say why this needs putting right.');
  return member.name.hmac === name.hmac ? [] : [{ type: 'StaffMemberCorrected', at, by, name, reason }];
}

/** The second person agrees that somebody should never have been registered. */
export function confirmEnteredInError(command: Extract<StaffCommand, { type: 'ConfirmEnteredInError' }>, state: StaffMember): StaffEvent[] {
  if (state.status === 'entered-in-error') return [];
  const agreed = agreedError('staff-member', command, held(state).member.errorProposal);
  needsAnotherAdministrator(state, command.isLastAdministrator);
  return [{ type: 'StaffMemberEnteredInError', at: command.at, proposedBy: agreed.by, confirmedBy: command.by, reason: agreed.reason }];
}
