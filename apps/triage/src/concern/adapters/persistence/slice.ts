import type { ReadTable, Slice } from '#libs/journal';
import { concern, type Concern, type ConcernCommand, type ConcernEvent } from '../../domain/concern.js';
import { publish } from '../events/publish.js';
import { project } from './read-table.js';

/** The concern as a kind of record: its rules, what is published of it, its read table. */
export const concernSlice: Slice<Concern, ConcernCommand, ConcernEvent> = { decider: concern, publish, project };

/** The read tables that `project` writes. */
export const concernTables: ReadTable[] = [{ name: 'concern', record: 'id' }];
