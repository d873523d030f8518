import type { JoinPersons, KeepApart, SeparatePersons, UndoKeepApart } from './commands.js';
import type { PersonEvent } from './events.js';
import { kept, known, named, reasoned, refuse } from './refusals.js';
import type { Apartness, Person } from './state.js';

/** A named person finds that these are one and the same. Cases keep the id they had, and separating undoes it. */
export function joinPersons(command: JoinPersons, state: Person): PersonEvent[] {
  if (state.status === 'joined' && state.into === command.into) return [];
  const found = known(state);
  const { at, into, personId, intoIsKnown } = command;
  if (into === personId) return refuse('joined-with-itself', 'These two are the same record already.');
  if (!intoIsKnown) {
    return refuse('other-not-known', 'The other record is no longer one of its own: it was joined, disposed of or entered in error.');
  }
  if (isApart(found, into, command.otherSays)) {
    return refuse('kept-apart', 'Somebody looked at these two and found that they are different people. Read why, and undo that before anything else.');
  }
  return [{ type: 'PersonJoined', at, by: named(command.by), reason: reasoned(command.reason), into }];
}

/** Undoes a joining: they are two people after all, and nothing suggests them again. Whoever learns more may join them once more. */
export function separatePersons(command: SeparatePersons, state: Person): PersonEvent[] {
  const { at, from } = command;
  if (state.status !== 'joined') {
    known(state);
    return [];
  }
  if (state.into !== from) return refuse('joined-into-another', 'This person was joined with another record than that one.');
  return [{ type: 'PersonsSeparated', at, by: named(command.by), reason: reasoned(command.reason), from }];
}

/** Two records were looked at and are not the same person: nothing suggests them again, and nothing joins them until that is undone. */
export function keepApart(command: KeepApart, state: Person): PersonEvent[] {
  const { at, other, personId } = command;
  if ((state.status === 'joined' && state.into === other) || command.otherIsJoinedHere) {
    return refuse('separate-first', 'These two are joined. Separate them first.');
  }
  const found = known(state);
  if (other === personId) return refuse('kept-apart-from-itself', 'These two are the same record.');
  if (isApart(found, other, command.otherSays)) return [];
  return [{ type: 'KeptApart', at, by: named(command.by), reason: reasoned(command.reason), other }];
}

/** Undoes a keeping apart: they may be one after all. That is for somebody to find then. It is told in the story of both, also of one who was joined into somebody since. */
export function undoKeepApart(command: UndoKeepApart, state: Person): PersonEvent[] {
  const { at, other } = command;
  if (!isApart(kept(state), other, command.otherSays)) return [];
  return [{ type: 'KeepingApartUndone', at, by: named(command.by), reason: reasoned(command.reason), other }];
}

/** What a person's own story says of another. */
export const apartnessIn = (state: Person, other: string): Apartness | null => ('apartness' in state && state.apartness.find((one) => one.other === other)) || null;

/** Whether two are kept apart, whichever of the two it was found of: what was found last counts. */
function isApart(found: Person, other: string, otherSays: Apartness | null): boolean {
  const own = apartnessIn(found, other);
  const last = own && otherSays ? (otherSays.at > own.at ? otherSays : own) : (own ?? otherSays);
  return last?.isApart ?? false;
}

/** Those whom somebody found to be others than this person. */
export const keptApartOf = (state: Person): string[] => ('apartness' in state ? state.apartness.flatMap(({ other, isApart }) => (isApart ? [other] : [])) : []);

/** Whom somebody looked at and found to be another: nothing suggests them as the same again. */
export const lookedApart = (state: Person): string[] => ('separatedFrom' in state ? [...keptApartOf(state), ...state.separatedFrom] : []);
