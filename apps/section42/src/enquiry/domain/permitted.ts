import { assertNever } from '#libs/decider';

import { isMadeByAnother } from './cause.js';
import type { EnquiryCommand } from './enquiry-commands.js';
import type { Enquiry, Story } from './enquiry-state.js';

export type CommandType = EnquiryCommand['type'];

/** What may be done next, so far as the state alone can tell. `decide` stays the judge. */
export function permitted(state: Enquiry): CommandType[] {
  switch (state.status) {
    case 'absent':
      return ['OpenEnquiry', 'ImportEnquiry'];
    case 'open':
      return ['AllocateEnquiry', 'PlanEnquiry', ...whileHeld(state.story)];
    case 'allocated': {
      const checking: CommandType[] = isMadeByAnother(state.story) ? ['RecordProgressCheck'] : [];
      return ['ReallocateEnquiry', 'PlanEnquiry', 'CauseEnquiry', ...checking, 'ConcludeEnquiry', ...whileHeld(state.story)];
    }
    case 'concluded':
      return ['ReopenEnquiry', ...whileHeld(state.story)];
    case 'entered-in-error':
      return ['OpenEnquiry'];
    default:
      return assertNever(state);
  }
}

function whileHeld({ isImported, goOnQuestion, protectionPlan, errorProposal }: Story): CommandType[] {
  const allowed: CommandType[] = ['OpenEnquiry', 'AskWhetherToGoOn', 'CorrectEnquiry', 'SetProtectionPlan'];
  if (!isImported) allowed.push('ImportEnquiry');
  if (goOnQuestion) allowed.push('AnswerWhetherToGoOn');
  if (protectionPlan) allowed.push('ReviewProtectionPlan');
  if (errorProposal) allowed.push('ConfirmEnteredInError', 'DeclineEnteredInError');
  else allowed.push('ProposeEnteredInError');
  return allowed;
}
