import type { ReadTable, Slice } from '#libs/journal';
import { mention, type Mention, type MentionCommand, type MentionEvent } from '../../domain/mention.js';
import { project } from './read-table.js';

/** The name that an extract gives an organisation as a kind of record: its rules, its read table. Nobody else is told of it. */
export const mentionSlice: Slice<Mention, MentionCommand, MentionEvent> = { decider: mention, publish: () => [], project, begins: 'MentionFound' };

/** The read table that `project` writes. */
export const mentionTable: ReadTable = { name: 'mention', record: 'id' };
