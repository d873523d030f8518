import type { ReadTable, Slice } from '#libs/journal';
import { staffMember, type StaffMember, type StaffCommand, type StaffEvent } from '../../domain/staff-member.js';
import { publish } from '../events/publish.js';
import { project } from './read-table.js';

/** The member of staff as a kind of record: its rules, what is published of it, its read table. */
export const staffSlice: Slice<StaffMember, StaffCommand, StaffEvent> = { decider: staffMember, publish, project, begins: 'StaffMemberRegistered' };

/** The read table that `project` writes. */
export const staffMemberTable: ReadTable = { name: 'staff_member', record: 'id' };
