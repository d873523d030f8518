import { keepOrDispose as decided } from '#libs/retention';
import type { ConfirmDisposal, DeclineDisposal, DisposeTogether, LetGoOfRecord, LiftLegalHold, NoteUnneeded, PlaceLegalHold, ProposeDisposal } from './commands.js';
import type { PersonDisposed, PersonEvent, PersonKeeping } from './events.js';
import { kept, known, refuse } from './refusals.js';
import { isHeldByAnother, keepingOf, retentionOf } from './retention.js';
import type { Person } from './state.js';

type KeepOrDispose = PlaceLegalHold | LiftLegalHold | ProposeDisposal | DeclineDisposal | ConfirmDisposal;

/** A record that named this person was disposed of: what it said of them goes too. */
export function letGoOfRecord(command: LetGoOfRecord, state: Person): PersonEvent[] {
  if (state.status === 'disposed') return [];
  const person = kept(state);
  return person.letGo.some(({ recordId }) => recordId === command.recordId) ? [] : [{ ...command, type: 'RecordLetGo' }];
}

/** Nobody told of the last record that named them that it was disposed of: they are looked at from now on. Where somebody told, that counts. */
export function noteUnneeded({ at }: NoteUnneeded, state: Person): PersonEvent[] {
  if (state.status !== 'known' && state.status !== 'entered-in-error') return [];
  return state.claims.length > 0 || state.letGoAt !== null ? [] : [{ type: 'FoundUnneeded', at }];
}

/** What is done with who somebody is once no record needs it, and what keeps it beyond that. Whoever was joined into another goes with them. */
export function keepOrDispose(command: KeepOrDispose, state: Person): PersonEvent[] {
  if (state.status === 'disposed' && command.type === 'ConfirmDisposal') return [];
  const person = kept(state);
  if ('rules' in command) {
    if (person.status === 'joined') known(person);
    if (command.needed === 'not_known') refuse('need-not-known', 'It cannot be learnt just now whether a record still names this person. They are kept. Try again in a moment.');
  }
  if (command.type === 'ConfirmDisposal') notJoinedSince(command, person);
  const { authority } = command;
  const isHeld = isHeldByAnother(person, authority) || ('rules' in command && command.isOtherHeld);
  const events = decided(command, {
    code: 'person',
    noun: 'person',
    keeping: keepingOf(person, authority),
    heldWith: { noun: 'other record', is: isHeld ? 'yes' : 'no' },
    retentionOn: (day) => ('rules' in command ? retentionOf(person, day, command) : undefined),
    unless: 'a record still names them',
    disposes: 'PersonDisposed' as const,
  });
  return events.map((event): PersonDisposed | PersonKeeping => (event.type === 'PersonDisposed' ? event : { ...event, authority }));
}

/** Whoever said that this person may go did not know of them. */
function notJoinedSince({ lastJoinedAt, authority }: ConfirmDisposal, person: Person): void {
  const { disposalProposal } = keepingOf(person, authority);
  if (disposalProposal && lastJoinedAt !== null && lastJoinedAt > disposalProposal.at) refuse('joined-since', 'Somebody was found to be the same person after a colleague said that they may go. Keep them for now, and look at them again.');
}

/** Somebody who was joined into a person goes with them, by the same word of two people. */
export function disposeTogether({ type: _type, ...command }: DisposeTogether, state: Person): PersonEvent[] {
  return kept(state).status === 'joined' ? [{ ...command, type: 'PersonDisposed' }] : refuse('goes-by-itself', 'This person was joined into nobody, and goes by themselves alone.');
}
