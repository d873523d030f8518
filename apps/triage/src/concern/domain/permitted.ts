import { assertNever } from '#libs/decider';

import type { ConcernCommand } from './concern-commands.js';
import type { Concern } from './concern-state.js';

export type CommandType = ConcernCommand['type'];

const WHILE_HELD: CommandType[] = ['IdentifyPerson', 'AnswerMore', 'RecordWishes', 'CorrectConcern'];

/** What may be done next, so far as the state alone can tell. `decide` stays the judge. */
export function permitted(state: Concern): CommandType[] {
  switch (state.status) {
    case 'absent':
      return ['ReceiveConcern', 'ImportConcern'];
    case 'awaiting-triage':
      return [...WHILE_HELD, 'AssignConcern', 'AskForMore', 'ConsiderLimbs', 'TriageConcern', ...aboutError(state.story.errorProposal !== null)];
    case 'triaged': {
      const telling: CommandType[] = state.feedback === 'told' ? [] : ['TellReferrer'];
      if (state.feedback === 'owed' || state.feedback === 'not_known') telling.push('RecordReferrerNotTold');
      return [...WHILE_HELD, 'ReopenConcern', ...telling, ...aboutError(state.story.errorProposal !== null)];
    }
    case 'entered-in-error':
      return [];
    default:
      return assertNever(state);
  }
}

function aboutError(isProposed: boolean): CommandType[] {
  return isProposed ? ['ConfirmEnteredInError', 'DeclineEnteredInError'] : ['ProposeEnteredInError'];
}
