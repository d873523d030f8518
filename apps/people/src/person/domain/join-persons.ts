import type { JoinPersons, KeepApart, SeparatePersons } from './commands.js';
import type { PersonEvent } from './events.js';
import { known, named, reasoned, refuse } from './refusals.js';
import type { Person } from './state.js';

/** A named person finds that these are one and the same. Cases keep the id they had, and separating undoes it. */
export function joinPersons(command: JoinPersons, state: Person): PersonEvent[] {
  if (state.status === 'joined' && state.into === command.into) return [];
  const found = known(state);
  const { at, into, personId, intoIsKnown } = command;
  if (into === personId) return refuse('joined-with-itself', 'These two are the same record already.');
  if (!intoIsKnown) {
    return refuse('other-not-known', 'The other record is no longer one of its own: it was joined, disposed of or entered in error.');
  }
  if (found.keptApart.includes(into)) {
    return refuse('kept-apart', 'Somebody looked at these two and found that they are different people. Read why before anything else.');
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

/** Two records were looked at and are not the same person: nothing suggests or joins them again. */
export function keepApart(command: KeepApart, state: Person): PersonEvent[] {
  const { at, other, personId } = command;
  if (state.status === 'joined' && state.into === other) {
    return refuse('separate-first', 'These two are joined. Separate them first.');
  }
  const found = known(state);
  if (other === personId) return refuse('kept-apart-from-itself', 'These two are the same record.');
  if (found.keptApart.includes(other)) return [];
  return [{ type: 'KeptApart', at, by: named(command.by), reason: reasoned(command.reason), other }];
}

/** Whom somebody looked at and found to be another: nothing suggests them as the same again. */
export const lookedApart = (state: Person): string[] => ('keptApart' in state ? [...state.keptApart, ...state.separatedFrom] : []);
