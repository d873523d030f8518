import type { Standing } from '#libs/journal';
import type { Answer } from '#libs/platform';
import type { Known, Side, SideBySide } from '../../application/reading-people.js';
import type { PersonCommand } from '../../domain/commands.js';
import { keptApartOf } from '../../domain/join-persons.js';
import { permitted } from '../../domain/person.js';
import type { Person } from '../../domain/state.js';

/** A person as the API answers them to whoever changes them: codes and ids. */
export interface PersonView extends Answer {
  status: Person['status'];
  [more: string]: unknown;
}

/** What can be asked for over HTTP; the rest comes with messages and imports, or has no way in yet. */
const offered: ReadonlySet<string> = new Set<PersonCommand['type']>(['JoinPersons', 'SeparatePersons', 'KeepApart', 'UndoKeepApart', 'CorrectIdentity', 'CorrectCharacteristics']);

/** A person as somebody of a council is answered; that other councils have records of them is not told. */
export const viewFor = (authority: string | null) => ({ recordId, state, sequence }: Standing<Person>): PersonView => {
  const head = { id: recordId, sequence, status: state.status, permitted: permitted(state, authority).filter((type) => offered.has(type)) };
  if (state.status === 'disposed') return { ...head, disposedAt: state.disposedAt, retention: state.retention };
  if (state.status === 'absent') return head;
  return {
    ...head,
    ...state.characteristics,
    legacy: state.legacy,
    authorities: state.authorities.filter((one) => one === authority),
    records: state.claims.filter((claim) => claim.authority === authority),
    keptApart: keptApartOf(state),
    ...(state.status === 'joined' ? { into: state.into } : {}),
  };
};

/** A person with who they are; such an answer is written into the reading record first. */
export const identifiedViewFor = (authority: string | null) => ({ standing, identity, corrected, found }: Known): PersonView => ({
  ...viewFor(authority)(standing),
  identity: identity ?? null,
  corrected,
  found: found.map(({ otherPersonId, verdict, at, by }) => ({ personId: otherPersonId, verdict, at, by })),
});

/** Two or more people as somebody compares them; whoever was found to be one or two, with who said so and why. */
export const comparedViewFor = (authority: string | null) => ({ standing, person, others }: SideBySide): PersonView => ({
  ...viewFor(authority)(standing),
  person: sideOf(person),
  others: others.map(({ likeness, found, ...side }) => ({ ...sideOf(side), likeness, found })),
});

const sideOf = ({ records, ...side }: Side): object => ({ ...side, records: records.map(({ personId: _personId, ...record }) => record) });
