import { Records } from '#libs/journal';
import type { StaffMember, StaffCommand, StaffEvent } from '../domain/staff-member.js';

/** The stories of the staff, as handlers need them. */
export class StaffMembers extends Records<StaffMember, StaffCommand, StaffEvent> {}
