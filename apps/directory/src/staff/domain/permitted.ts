import { assertNever } from '#libs/decider';

import type { StaffCommand } from './staff-commands.js';
import type { Member, StaffMember } from './staff-state.js';

export type CommandType = StaffCommand['type'];

/** What may be done next, so far as the state alone can tell. `decide` stays the judge. */
export function permitted(state: StaffMember): CommandType[] {
  switch (state.status) {
    case 'absent':
    case 'entered-in-error':
      return ['RegisterStaffMember'];
    case 'active':
      return ['GiveRole', 'JoinTeam', 'AppointDeputy', 'SaveView', 'EndSessions', 'DisableStaffMember', ...always(state.member)];
    case 'disabled':
      return ['EnableStaffMember', ...always(state.member)];
    default:
      return assertNever(state);
  }
}

function always({ roles, teams, leave, deputies, views, errorProposal }: Member): CommandType[] {
  return [
    ...where('TakeRole', roles.length > 0),
    ...where('LeaveTeam', teams.length > 0),
    'RecordLeave',
    ...where('CancelLeave', leave.length > 0),
    ...where('EndDeputy', deputies.length > 0),
    ...where('ForgetView', views.length > 0),
    'CorrectStaffMember',
    ...(errorProposal ? (['ConfirmEnteredInError', 'DeclineEnteredInError'] as const) : (['ProposeEnteredInError'] as const)),
  ];
}

const where = (type: CommandType, isPossible: boolean): CommandType[] => (isPossible ? [type] : []);
