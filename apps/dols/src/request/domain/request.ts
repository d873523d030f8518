import { assertNever, type Decider } from '#libs/decider';
import type { RequestCommand } from './commands.js';
import { correctRequest, enterInError } from './correct-request.js';
import { decideRequest } from './decide-request.js';
import { keepOrDispose } from './dispose.js';
import { endAuthorisation, requestRenewal, resumeAuthorisation, suspendAuthorisation } from './end-authorisation.js';
import type { RequestEvent } from './events.js';
import { evolve } from './evolve.js';
import { allocateRequest, prioritiseRequest, reallocateRequest, recordWaitingContact } from './prioritise-request.js';
import { identifyPerson, importRequest, receiveRequest } from './receive-request.js';
import { recordAssessment } from './record-assessment.js';
import { isAboutOpenness, restrictRequest } from './restrict-request.js';
import { screenRequest } from './screen-request.js';
import type { Request } from './state.js';

/** The rules for a request for a standard authorisation: Mental Capacity Act 2005, Schedule A1. */
export const request: Decider<Request, RequestCommand, RequestEvent> = {
  initialState: { status: 'absent' },
  decide(command, state) {
    if (isAboutOpenness(command)) return restrictRequest(command, state);
    switch (command.type) {
      case 'ReceiveRequest':
        return receiveRequest(command, state);
      case 'ImportRequest':
        return importRequest(command, state);
      case 'IdentifyPerson':
        return identifyPerson(command, state);
      case 'ScreenRequest':
        return screenRequest(command, state);
      case 'PrioritiseRequest':
        return prioritiseRequest(command, state);
      case 'AllocateRequest':
        return allocateRequest(command, state);
      case 'ReallocateRequest':
        return reallocateRequest(command, state);
      case 'RecordAssessment':
        return recordAssessment(command, state);
      case 'RecordWaitingContact':
        return recordWaitingContact(command, state);
      case 'DecideRequest':
        return decideRequest(command, state);
      case 'SuspendAuthorisation':
        return suspendAuthorisation(command, state);
      case 'ResumeAuthorisation':
        return resumeAuthorisation(command, state);
      case 'RequestRenewal':
        return requestRenewal(command, state);
      case 'EndAuthorisation':
        return endAuthorisation(command, state);
      case 'CorrectRequest':
        return correctRequest(command, state);
      case 'ProposeEnteredInError':
      case 'DeclineEnteredInError':
      case 'ConfirmEnteredInError':
        return enterInError(command, state);
      case 'PlaceLegalHold':
      case 'LiftLegalHold':
      case 'ProposeDisposal':
      case 'DeclineDisposal':
      case 'ConfirmDisposal':
        return keepOrDispose(command, state);
      default:
        return assertNever(command);
    }
  },
  evolve,
};
