import type { ReadTable, Slice } from '#libs/journal';
import type { PersonCommand } from '../../domain/commands.js';
import type { PersonEvent } from '../../domain/events.js';
import { person } from '../../domain/person.js';
import type { Person } from '../../domain/state.js';
import { publish } from '../events/publish.js';
import { forget } from './forget.js';
import { project } from './read-table.js';

/** The person as a kind of record: its rules, what is published of it, its read tables. */
export const personSlice: Slice<Person, PersonCommand, PersonEvent> = {
  decider: person,
  publish,
  project,
  announce: forget,
  disposes: 'PersonDisposed',
  // A date of birth that one council puts right may change what is told of another's record, which that council's message has to reach.
  belongsTo: (event) => (event.type === 'PersonIdentified' ? event.authority : undefined),
};

/** The read tables that `project` writes. */
export const personTables: ReadTable[] = [
  { name: 'person', record: 'person_id' },
  { name: 'person_authority', record: 'person_id', key: ['person_id', 'authority'] },
];
