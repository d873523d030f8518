import { z } from 'zod';
import { envelope } from '../envelope.js';

/** Somebody works here. They are known by the id that journals and audits give as the actor. */
export const staffMemberRegisteredV1 = envelope('safeguarding.staff-member.registered.v1', z.object({ actsAs: z.string() }));
export type StaffMemberRegisteredV1 = z.infer<typeof staffMemberRegisteredV1>;
