import { z } from 'zod';
import { authority, staffRole } from '../codes.js';
import { envelope } from '../envelope.js';

/** All the roles that somebody has now, each with where it holds; null is for the board, which belongs to no authority. The latest `sequence` stands. */
export const staffMemberRolesChangedV1 = envelope('safeguarding.staff-member.roles-changed.v1', z.object({ roles: z.array(z.object({ role: staffRole, authority: authority.nullable() })) }));
export type StaffMemberRolesChangedV1 = z.infer<typeof staffMemberRolesChangedV1>;
