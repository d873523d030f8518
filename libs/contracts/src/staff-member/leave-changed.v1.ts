import { z } from 'zod';
import { day, envelope } from '../envelope.js';

/** All the leave of somebody that is known, first and last days. The latest `sequence` stands. */
export const staffMemberLeaveChangedV1 = envelope('safeguarding.staff-member.leave-changed.v1', z.object({ leave: z.array(z.object({ from: day, to: day })) }));
export type StaffMemberLeaveChangedV1 = z.infer<typeof staffMemberLeaveChangedV1>;
