import { assertNever, type Decider } from '#libs/decider';
import { permittedAtEnd } from '#libs/retention';
import type { CommandType, PersonCommand } from './commands.js';
import {
  confirmEnteredInError,
  correctCharacteristics,
  correctIdentity,
  declineEnteredInError,
  proposeEnteredInError,
} from './correct-person.js';
import { disposeTogether, keepOrDispose, letGoOfRecord, noteUnneeded } from './dispose.js';
import type { PersonEvent } from './events.js';
import { evolve } from './evolve.js';
import { joinPersons, keepApart, separatePersons, undoKeepApart } from './join-persons.js';
import { becomeKnownTo, importPerson, keepClaim, registerPerson } from './keep-claim.js';
import { keepingOf } from './retention.js';
import type { Person } from './state.js';

/** The rules for knowing who a record is about. */
export const person: Decider<Person, PersonCommand, PersonEvent> = {
  initialState: { status: 'absent' },
  decide(command, state) {
    switch (command.type) {
      case 'RegisterPerson':
        return registerPerson(command, state);
      case 'ImportPerson':
        return importPerson(command, state);
      case 'KeepClaim':
        return keepClaim(command, state);
      case 'BecomeKnownTo':
        return becomeKnownTo(command, state);
      case 'CorrectCharacteristics':
        return correctCharacteristics(command, state);
      case 'CorrectIdentity':
        return correctIdentity(command, state);
      case 'JoinPersons':
        return joinPersons(command, state);
      case 'SeparatePersons':
        return separatePersons(command, state);
      case 'KeepApart':
        return keepApart(command, state);
      case 'UndoKeepApart':
        return undoKeepApart(command, state);
      case 'LetGoOfRecord':
        return letGoOfRecord(command, state);
      case 'NoteUnneeded':
        return noteUnneeded(command, state);
      case 'PlaceLegalHold':
      case 'LiftLegalHold':
      case 'ProposeDisposal':
      case 'DeclineDisposal':
      case 'ConfirmDisposal':
        return keepOrDispose(command, state);
      case 'DisposeTogether':
        return disposeTogether(command, state);
      case 'ProposeEnteredInError':
        return proposeEnteredInError(command, state);
      case 'DeclineEnteredInError':
        return declineEnteredInError(command, state);
      case 'ConfirmEnteredInError':
        return confirmEnteredInError(command, state);
      default:
        return assertNever(command);
    }
  },
  evolve,
};

const whileKnown: CommandType[] = [
  'KeepClaim',
  'BecomeKnownTo',
  'CorrectCharacteristics',
  'CorrectIdentity',
  'JoinPersons',
  'KeepApart',
  'UndoKeepApart',
  'LetGoOfRecord',
  'NoteUnneeded',
];

/** What somebody of an authority may do next: which buttons a page shows. `decide` stays the judge. */
export function permitted(state: Person, authority: string | null): CommandType[] {
  switch (state.status) {
    case 'absent':
      return ['RegisterPerson', 'ImportPerson'];
    case 'known':
      return [...whileKnown, ...permittedAtEnd(keepingOf(state, authority)), ...(state.errorProposal === null ? (['ProposeEnteredInError'] as const) : (['DeclineEnteredInError', 'ConfirmEnteredInError'] as const))];
    case 'joined':
      return ['SeparatePersons', 'UndoKeepApart', 'LetGoOfRecord', keepingOf(state, authority).legalHold ? 'LiftLegalHold' : 'PlaceLegalHold', 'DisposeTogether'];
    case 'entered-in-error':
      return ['UndoKeepApart', 'LetGoOfRecord', 'NoteUnneeded', ...permittedAtEnd(keepingOf(state, authority))];
    case 'disposed':
      return [];
    default:
      return assertNever(state);
  }
}
