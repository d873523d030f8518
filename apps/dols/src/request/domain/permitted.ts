import { assertNever } from '#libs/decider';
import type { CommandType } from './commands.js';
import type { Request } from './state.js';

/** What may be done next: which buttons a page shows. `decide` stays the judge. */
export function permitted(state: Request): CommandType[] {
  if (state.status === 'absent') return ['ReceiveRequest', 'ImportRequest'];
  if (state.status === 'entered-in-error') return [];
  const always: CommandType[] = ['IdentifyPerson', 'CorrectRequest', ...error(state.errorProposal !== null)];
  switch (state.status) {
    case 'received':
    case 'screened':
      return [...onTheWay, ...always];
    case 'prioritised':
      return [...onTheWay, 'AllocateRequest', ...always];
    case 'allocated':
      return [...onTheWay, 'ReallocateRequest', 'RecordAssessment', ...always];
    case 'decided':
      return always;
    case 'authorised': {
      const hold: CommandType = state.suspendedOn === null ? 'SuspendAuthorisation' : 'ResumeAuthorisation';
      return ['EndAuthorisation', hold, ...renewal(state.renewalId), ...always];
    }
    case 'ended':
      return [...renewal(state.renewalId), ...always];
    default:
      return assertNever(state);
  }
}

const onTheWay: CommandType[] = ['ScreenRequest', 'PrioritiseRequest', 'RecordWaitingContact', 'DecideRequest'];

function renewal(renewalId: string | null): CommandType[] {
  return renewalId === null ? ['RequestRenewal'] : [];
}

function error(isProposed: boolean): CommandType[] {
  return isProposed ? ['DeclineEnteredInError', 'ConfirmEnteredInError'] : ['ProposeEnteredInError'];
}
