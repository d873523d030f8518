import { assertNever, type Decider, declineError, proposeError } from '#libs/decider';

import { appointDeputy, cancelLeave, endDeputy, recordLeave } from './away.js';
import { evolve } from './evolve.js';
import { held } from './refuse.js';
import { giveRole, takeRole } from './roles.js';
import type { StaffCommand } from './staff-commands.js';
import type { StaffEvent } from './staff-events.js';
import type { StaffMember } from './staff-state.js';
import { confirmEnteredInError, correct, disable, enable, endSessions, joinTeam, leaveTeam, register } from './standing.js';
import { forgetView, saveView } from './views.js';

export type * from './staff-commands.js';
export type * from './staff-events.js';
export type * from './staff-state.js';
export { permitted } from './permitted.js';

/** Somebody who works here: their roles, teams and leave, and who may act for them. */
export const staffMember: Decider<StaffMember, StaffCommand, StaffEvent> = {
  initialState: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'RegisterStaffMember':
        return register(command, state);
      case 'GiveRole':
        return giveRole(command, state);
      case 'TakeRole':
        return takeRole(command, state);
      case 'JoinTeam':
        return joinTeam(command, state);
      case 'LeaveTeam':
        return leaveTeam(command, state);
      case 'RecordLeave':
        return recordLeave(command, state);
      case 'CancelLeave':
        return cancelLeave(command, state);
      case 'AppointDeputy':
        return appointDeputy(command, state);
      case 'EndDeputy':
        return endDeputy(command, state);
      case 'SaveView':
        return saveView(command, state);
      case 'ForgetView':
        return forgetView(command, state);
      case 'DisableStaffMember':
        return disable(command, state);
      case 'EnableStaffMember':
        return enable(command, state);
      case 'EndSessions':
        return endSessions(command, state);
      case 'CorrectStaffMember':
        return correct(command, state);
      case 'ProposeEnteredInError':
        return proposeError('staff-member', command, held(state).member.errorProposal);
      case 'DeclineEnteredInError':
        return declineError('staff-member', command, held(state).member.errorProposal);
      case 'ConfirmEnteredInError':
        return confirmEnteredInError(command, state);
      default:
        return assertNever(command);
    }
  },

  evolve,
};
