import type { ReadTable, Slice } from '#libs/journal';
import { team, type Team, type TeamCommand, type TeamEvent } from '../../domain/team.js';
import { publish } from '../events/publish.js';
import { project } from './read-table.js';

/** The team as a kind of record: its rules, what is published of it, its read table. */
export const teamSlice: Slice<Team, TeamCommand, TeamEvent> = { decider: team, publish, project, begins: 'TeamFormed' };

/** The read table that `project` writes. */
export const teamTable: ReadTable = { name: 'team', record: 'id' };
