import { assertNever } from '#libs/decider';
import { permittedToKeep, permittedToRestrict, type Restrictable } from '#libs/restriction';
import { permittedAtEnd } from '#libs/retention';
import type { CommandType } from './commands.js';
import type { Request, Waiting } from './state.js';

/** What may be done next: which buttons a page shows. `decide` stays the judge. */
export function permitted(state: Request): CommandType[] {
  if (state.status === 'absent') return ['ReceiveRequest', 'ImportRequest'];
  if (state.status === 'disposed') return [];
  if (state.status === 'entered-in-error') return ['IdentifyPerson', ...openness(state), ...permittedAtEnd(state)];
  const always: CommandType[] = ['IdentifyPerson', 'CorrectRequest', ...openness(state), ...error(state.errorProposal !== null)];
  switch (state.status) {
    case 'received':
    case 'screened':
      return [...onTheWay, hold(state), ...always];
    case 'prioritised':
      return [...onTheWay, 'AllocateRequest', hold(state), ...always];
    case 'allocated':
      return [...onTheWay, 'ReallocateRequest', 'RecordAssessment', hold(state), ...always];
    case 'decided':
      return [...permittedAtEnd(state), ...always];
    case 'authorised': {
      const suspension: CommandType = state.suspendedOn === null ? 'SuspendAuthorisation' : 'ResumeAuthorisation';
      return ['EndAuthorisation', suspension, ...renewal(state.renewalId), ...permittedAtEnd(state), ...always];
    }
    case 'ended':
      return [...renewal(state.renewalId), ...permittedAtEnd(state), ...always];
    default:
      return assertNever(state);
  }
}

const openness = (state: Restrictable): CommandType[] => [...permittedToRestrict(state, 'RestrictRequest'), ...permittedToKeep(state, 'KeepRequestFrom')];

/** What waits can be held, and not go. */
const hold = ({ legalHold }: Waiting): CommandType => (legalHold ? 'LiftLegalHold' : 'PlaceLegalHold');

const onTheWay: CommandType[] = ['ScreenRequest', 'PrioritiseRequest', 'RecordWaitingContact', 'DecideRequest'];

function renewal(renewalId: string | null): CommandType[] {
  return renewalId === null ? ['RequestRenewal'] : [];
}

function error(isProposed: boolean): CommandType[] {
  return isProposed ? ['DeclineEnteredInError', 'ConfirmEnteredInError'] : ['ProposeEnteredInError'];
}
