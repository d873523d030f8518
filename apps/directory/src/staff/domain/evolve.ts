import { assertNever } from '#libs/decider';

import type { StaffEvent, StaffMemberRegistered } from './staff-events.js';
import type { Member, StaffMember } from './staff-state.js';

type Moving = Extract<StaffEvent, { type: 'StaffMemberDisabled' | 'StaffMemberEnabled' | 'StaffMemberEnteredInError' }>;
type Telling = Exclude<StaffEvent, Moving | StaffMemberRegistered>;

/** What is known of somebody after one more event. */
export function evolve(state: StaffMember, event: StaffEvent): StaffMember {
  if (event.type === 'StaffMemberRegistered') return { status: 'active', member: registered(event) };
  if (state.status === 'absent') throw new Error(`${event.type} before they were registered`);
  switch (event.type) {
    case 'StaffMemberDisabled':
      // A disabled person has no deputy, also not when they are enabled again.
      return { status: 'disabled', member: { ...state.member, deputies: [] } };
    case 'StaffMemberEnabled':
      return { status: 'active', member: state.member };
    case 'StaffMemberEnteredInError':
      return { status: 'entered-in-error', member: { ...state.member, roles: [], teams: [], leave: [], deputies: [], views: [], errorProposal: null } };
    default:
      return { ...state, member: told(state.member, event) };
  }
}

/** Somebody who was entered in error and is registered again begins anew. */
const registered = ({ account, actsAs, authority, name }: StaffMemberRegistered): Member => ({
  account, actsAs, authority, name, roles: [], teams: [], leave: [], deputies: [], views: [], sessionsEndedAt: null, errorProposal: null,
});

function told(member: Member, event: Telling): Member {
  switch (event.type) {
    case 'RoleGiven':
    case 'RoleTaken':
      return { ...member, roles: event.roles };
    case 'TeamJoined':
    case 'TeamLeft':
      return { ...member, teams: event.teams };
    case 'LeaveRecorded':
    case 'LeaveCancelled':
      return { ...member, leave: event.leave };
    case 'DeputyAppointed':
    case 'DeputyEnded':
      return { ...member, deputies: event.deputies };
    case 'ViewSaved':
    case 'ViewForgotten':
      return { ...member, views: event.views };
    case 'SessionsEnded':
      return { ...member, sessionsEndedAt: event.at };
    case 'StaffMemberCorrected':
      return { ...member, name: event.name };
    case 'EnteredInErrorProposed':
      return { ...member, errorProposal: { by: event.by, at: event.at, reason: event.reason } };
    case 'EnteredInErrorDeclined':
      return { ...member, errorProposal: null };
    default:
      return assertNever(event);
  }
}
