import { rights } from '#libs/access';
import type { ReadTable, Slice } from '#libs/journal';
import { projectRestrictions, type RestrictedTable } from '#libs/platform';
import { concern, type Concern, type ConcernCommand, type ConcernEvent } from '../../domain/concern.js';
import { publish } from '../events/publish.js';
import { projectAwaitedRoutes } from './awaited-route-rows.js';
import { announce } from './notices.js';
import { project } from './read-table.js';
import { projectSecondLooks } from './second-look-rows.js';

/** The concern as a kind of record: its rules, what is published of it, its read table. */
export const concernSlice: Slice<Concern, ConcernCommand, ConcernEvent> = {
  decider: concern,
  publish,
  async project(tx, standings) {
    await project(tx, standings);
    await projectSecondLooks(tx, standings.filter(({ state }) => wasEverDecided(state)));
    await projectAwaitedRoutes(tx, standings.filter(({ state }) => state.status !== 'absent' && state.story.routes.length > 0));
    // Last: from here on whoever does so may see it no more.
    await projectRestrictions(tx, standings, (state) => (state.status === 'absent' ? undefined : state.story));
  },
  announce,
  disposes: 'ConcernDisposed',
};

/** Whether it has, or ever had, a decision that somebody may have to make again. */
const wasEverDecided = (state: Concern): boolean =>
  state.status !== 'awaiting-triage' || state.story.earlierDecisions.length > 0 || state.story.secondLooks.length > 0;

/** The concern as a kind of record that can be restricted. */
export const restrictedConcerns: RestrictedTable = {
  table: 'concern',
  statuses: ['awaiting-triage', 'triaged'],
  roles: rights['concern.read_case'].any,
  goOn: rights['concern.triage'].any,
  managers: rights['concern.keep_no_more'].any,
  opened: ['concern', 'concern case', 'concern story'],
};

/** The read tables that `project` writes. */
export const concernTables: ReadTable[] = [
  { name: 'concern', record: 'id' },
  { name: 'restriction', record: 'record_id', key: ['record_id', 'named', 'kept'] },
  { name: 'second_look', record: 'record_id', key: ['record_id', 'decision'] },
  { name: 'awaited_route', record: 'record_id', key: ['record_id', 'decision', 'route'] },
];
