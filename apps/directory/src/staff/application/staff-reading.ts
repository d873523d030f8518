import { NamedReading } from '../../named-reading.js';
import type { StaffCommand, StaffEvent, StaffMember } from '../domain/staff-member.js';

/** Reading who works here. */
export class StaffReading extends NamedReading<StaffMember, StaffCommand, StaffEvent> {}
