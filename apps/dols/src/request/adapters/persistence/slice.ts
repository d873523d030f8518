import type { ReadTable, Slice } from '#libs/journal';
import type { RequestCommand } from '../../domain/commands.js';
import type { RequestEvent } from '../../domain/events.js';
import { request } from '../../domain/request.js';
import type { Request } from '../../domain/state.js';
import { publish } from '../events/publish.js';
import { project } from './read-table.js';

/** The request as a kind of record: its rules, what is published of it, its read table. */
export const requestSlice: Slice<Request, RequestCommand, RequestEvent> = { decider: request, publish, project, disposes: 'RequestDisposed' };

/** The read tables that `project` writes. */
export const requestTables: ReadTable[] = [{ name: 'dols_request', record: 'id' }];
