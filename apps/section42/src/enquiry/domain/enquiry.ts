import { assertNever, type Decider } from '#libs/decider';

import { allocate, reallocate } from './allocate.js';
import { cause, checkProgress } from './cause.js';
import { conclude, reopen } from './conclude.js';
import { correct } from './correct.js';
import { keepOrDispose } from './dispose.js';
import type { EnquiryCommand } from './enquiry-commands.js';
import type { EnquiryEvent } from './enquiry-events.js';
import type { Enquiry } from './enquiry-state.js';
import { confirmEnteredInError, declineEnteredInError, proposeEnteredInError } from './entered-in-error.js';
import { evolve } from './evolve.js';
import { answerWhetherToGoOn, askWhetherToGoOn } from './go-on.js';
import { importLegacy, open } from './open.js';
import { plan, reviewProtectionPlan, setProtectionPlan } from './plan.js';

export type * from './enquiry-commands.js';
export type * from './enquiry-events.js';
export type * from './enquiry-state.js';
export { permitted, type CommandType } from './permitted.js';

/** An enquiry, of section 42 or other: from the decision that opens it to a named person's conclusion. */
export const enquiry: Decider<Enquiry, EnquiryCommand, EnquiryEvent> = {
  initialState: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'OpenEnquiry':
        return open(command, state);
      case 'ImportEnquiry':
        return importLegacy(command, state);
      case 'AllocateEnquiry':
        return allocate(command, state);
      case 'ReallocateEnquiry':
        return reallocate(command, state);
      case 'CauseEnquiry':
        return cause(command, state);
      case 'RecordProgressCheck':
        return checkProgress(command, state);
      case 'PlanEnquiry':
        return plan(command, state);
      case 'AskWhetherToGoOn':
        return askWhetherToGoOn(command, state);
      case 'AnswerWhetherToGoOn':
        return answerWhetherToGoOn(command, state);
      case 'ConcludeEnquiry':
        return conclude(command, state);
      case 'ReopenEnquiry':
        return reopen(command, state);
      case 'SetProtectionPlan':
        return setProtectionPlan(command, state);
      case 'ReviewProtectionPlan':
        return reviewProtectionPlan(command, state);
      case 'CorrectEnquiry':
        return correct(command, state);
      case 'ProposeEnteredInError':
        return proposeEnteredInError(command, state);
      case 'DeclineEnteredInError':
        return declineEnteredInError(command, state);
      case 'ConfirmEnteredInError':
        return confirmEnteredInError(command, state);
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
