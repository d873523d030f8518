import { Records } from '#libs/journal';
import type { PersonCommand } from '../domain/commands.js';
import type { PersonEvent } from '../domain/events.js';
import type { Person } from '../domain/state.js';

/** The persons' stories, as handlers need them. */
export class Persons extends Records<Person, PersonCommand, PersonEvent> {}
