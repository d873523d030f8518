import { assertNever, type Decider } from '#libs/decider';

import type { ConcernCommand, JudgeReferrer, RecordNotSent, RecordReferrerNotTold, RecordSent, SendToReferrer, TellReferrer } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { assign } from './assign.js';
import { consider } from './consider.js';
import { correct } from './correct.js';
import { seeToDanger } from './danger-since.js';
import { enterInError } from './entered-in-error.js';
import { keepOrDispose } from './dispose.js';
import { evolve } from './evolve.js';
import { tellOrNot } from './feedback.js';
import { takeOrJudge } from './files.js';
import { answerMore, askForMore, identify, recordWishes, tellMore } from './inform.js';
import { namePlace } from './name-place.js';
import { judgeReferrer } from './judge-referrer.js';
import { importLegacy, receive } from './receive.js';
import { isAboutOpenness, restrict } from './restrict.js';
import { send } from './sending.js';
import { lookAgain } from './second-look.js';
import { reopen, triage } from './triage.js';

export type * from './concern-commands.js';
export type * from './concern-events.js';
export type * from './concern-state.js';
export { answeredIn } from './inform.js';
export { LONGEST_TEXT, mayBeSource } from './sending.js';
export { permitted, type CommandType } from './permitted.js';

/** A safeguarding concern, from receipt to a named person's decision, and again if it is opened again. */
export const concern: Decider<Concern, ConcernCommand, ConcernEvent> = {
  initialState: { status: 'absent' },

  decide(command, state) {
    if (isAboutOpenness(command)) return restrict(command, state);
    switch (command.type) {
      case 'ReceiveConcern':
        return receive(command, state);
      case 'ImportConcern':
        return importLegacy(command, state);
      case 'IdentifyPerson':
      case 'AskForMore':
      case 'AnswerMore':
      case 'TellMore':
      case 'RecordWishes':
        return inform(command, state);
      case 'ConsiderLimbs':
      case 'TriageConcern':
      case 'LookAgain':
      case 'SeeToDanger':
      case 'ReopenConcern':
        return judge(command, state);
      case 'JudgeReferrer':
      case 'TellReferrer':
      case 'RecordReferrerNotTold':
      case 'SendToReferrer':
      case 'RecordSent':
      case 'RecordNotSent':
        return toReferrer(command, state);
      case 'AddFile':
      case 'JudgeFile':
        return takeOrJudge(command, state);
      case 'AssignConcern':
      case 'CorrectConcern':
      case 'NamePlace':
        return putDown(command, state);
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

/** What is asked for about it, and comes to be known. */
function inform(command: Extract<ConcernCommand, { type: 'IdentifyPerson' | 'AskForMore' | 'AnswerMore' | 'TellMore' | 'RecordWishes' }>, state: Concern): ConcernEvent[] {
  switch (command.type) {
    case 'IdentifyPerson':
      return identify(command, state);
    case 'AskForMore':
      return askForMore(command, state);
    case 'AnswerMore':
      return answerMore(command, state);
    case 'TellMore':
      return tellMore(command, state);
    case 'RecordWishes':
      return recordWishes(command, state);
    default:
      return assertNever(command);
  }
}

/** Who has it, and what is put right of it. */
function putDown(command: Extract<ConcernCommand, { type: 'AssignConcern' | 'CorrectConcern' | 'NamePlace' }>, state: Concern): ConcernEvent[] {
  if (command.type === 'AssignConcern') return assign(command, state);
  return command.type === 'CorrectConcern' ? correct(command, state) : namePlace(command, state);
}

/** Whether whoever raised it hears what became of it, and how. */
function toReferrer(command: JudgeReferrer | TellReferrer | RecordReferrerNotTold | SendToReferrer | RecordSent | RecordNotSent, state: Concern): ConcernEvent[] {
  switch (command.type) {
    case 'JudgeReferrer':
      return judgeReferrer(command, state);
    case 'TellReferrer':
    case 'RecordReferrerNotTold':
      return tellOrNot(command, state);
    default:
      return send(command, state);
  }
}

/** What a named person judges of it. */
function judge(command: Extract<ConcernCommand, { type: 'ConsiderLimbs' | 'TriageConcern' | 'LookAgain' | 'SeeToDanger' | 'ReopenConcern' }>, state: Concern): ConcernEvent[] {
  switch (command.type) {
    case 'ConsiderLimbs':
      return consider(command, state);
    case 'TriageConcern':
      return triage(command, state);
    case 'LookAgain':
      return lookAgain(command, state);
    case 'SeeToDanger':
      return seeToDanger(command, state);
    case 'ReopenConcern':
      return reopen(command, state);
    default:
      return assertNever(command);
  }
}
