import { Commands } from '#libs/platform';
import type { StaffCommand, StaffEvent, StaffMember } from '../../domain/staff-member.js';

export class StaffCommands extends Commands<StaffMember, StaffCommand, StaffEvent> {}
