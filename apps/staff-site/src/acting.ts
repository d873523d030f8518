import { WEST_NORTHAMPTONSHIRE } from './authorities.js';

/** Who acts, until people can sign in: one of the invented staff, of the role that a page is for. */
export const BOARD_MEMBER = 'staff-board-1';
export const DATA_MANAGER = 'staff-data-1';

export type QueueRole = 'triage' | 'manager' | 'dols';

/** Staff see the records of their own authority and of no other. */
export function actingFor(role: QueueRole, authority: string): string {
  return authority === WEST_NORTHAMPTONSHIRE ? `staff-${role}-1` : `staff-${role}-north-1`;
}
