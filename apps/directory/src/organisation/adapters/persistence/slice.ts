import type { ReadTable, Slice } from '#libs/journal';
import { organisation, type Organisation, type OrganisationCommand, type OrganisationEvent } from '../../domain/organisation.js';
import { publish } from '../events/publish.js';
import { project } from './read-table.js';

/** The organisation as a kind of record: its rules, what is published of it, its read table. */
export const organisationSlice: Slice<Organisation, OrganisationCommand, OrganisationEvent> = { decider: organisation, publish, project, begins: 'OrganisationRegistered' };

/** The read table that `project` writes. */
export const organisationTable: ReadTable = { name: 'organisation', record: 'id' };
