import { rights } from '#libs/access';
import type { ReadTable, Slice } from '#libs/journal';
import { projectRestrictions, type RestrictedTable } from '#libs/platform';
import type { RequestCommand } from '../../domain/commands.js';
import type { RequestEvent } from '../../domain/events.js';
import { request } from '../../domain/request.js';
import type { Request } from '../../domain/state.js';
import { publish } from '../events/publish.js';
import { project } from './read-table.js';

/** The request as a kind of record: its rules, what is published of it, its read table. */
export const requestSlice: Slice<Request, RequestCommand, RequestEvent> = {
  decider: request,
  publish,
  async project(tx, standings) {
    await project(tx, standings);
    await projectRestrictions(tx, standings, (state) => (state.status === 'absent' ? undefined : state));
  },
  disposes: 'RequestDisposed',
};

/** The request as a kind of record that can be restricted. */
export const restrictedRequests: RestrictedTable = {
  table: 'dols_request',
  statuses: ['received', 'screened', 'prioritised', 'allocated', 'decided', 'authorised', 'ended'],
  roles: rights['dols_request.list'].any,
  goOn: rights['dols_request.allocate'].any,
  managers: rights['dols_request.keep_no_more'].any,
  opened: ['dols_request'],
};

/** The read tables that `project` writes. */
export const requestTables: ReadTable[] = [
  { name: 'dols_request', record: 'id' },
  { name: 'restriction', record: 'record_id', key: ['record_id', 'named', 'kept'] },
];
