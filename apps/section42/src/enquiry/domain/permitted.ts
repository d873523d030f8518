import { assertNever } from '#libs/decider';
import { permittedAtEnd } from '#libs/retention';

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
      return ['AllocateEnquiry', 'PlanEnquiry', aboutHold(state.story), ...whileHeld(state.story)];
    case 'allocated': {
      const checking: CommandType[] = isMadeByAnother(state.story) ? ['RecordProgressCheck'] : [];
      return ['ReallocateEnquiry', 'PlanEnquiry', 'CauseEnquiry', ...checking, 'ConcludeEnquiry', aboutHold(state.story), ...whileHeld(state.story)];
    }
    case 'concluded':
      return ['ReopenEnquiry', ...permittedAtEnd(state.story), ...whileHeld(state.story)];
    case 'entered-in-error':
      return ['OpenEnquiry', ...permittedAtEnd(state.story), ...(state.story.protectionPlan ? (['ReviewProtectionPlan'] as const) : [])];
    case 'disposed':
      return ['OpenEnquiry'];
    default:
      return assertNever(state);
  }
}

/** What goes on can be held, and not go. */
const aboutHold = ({ legalHold }: Story): CommandType => (legalHold ? 'LiftLegalHold' : 'PlaceLegalHold');

function whileHeld({ isImported, goOnQuestion, protectionPlan, errorProposal }: Story): CommandType[] {
  const allowed: CommandType[] = ['OpenEnquiry', 'AskWhetherToGoOn', 'CorrectEnquiry', 'SetProtectionPlan'];
  if (!isImported) allowed.push('ImportEnquiry');
  if (goOnQuestion) allowed.push('AnswerWhetherToGoOn');
  if (protectionPlan) allowed.push('ReviewProtectionPlan');
  if (errorProposal) allowed.push('DeclineEnteredInError');
  // Its plan is ended first.
  if (protectionPlan === null) allowed.push(errorProposal ? 'ConfirmEnteredInError' : 'ProposeEnteredInError');
  return allowed;
}
