import { z } from 'zod';
import { envelope } from '../envelope.js';

/** Whoever signed in as them before this happened has to sign in again; what they may do stays as it is. */
export const staffMemberSessionsEndedV1 = envelope('safeguarding.staff-member.sessions-ended.v1', z.object({}));
export type StaffMemberSessionsEndedV1 = z.infer<typeof staffMemberSessionsEndedV1>;
