import { z } from 'zod';
import { envelope } from '../envelope.js';

/** Somebody should never have been registered. */
export const staffMemberEnteredInErrorV1 = envelope('safeguarding.staff-member.entered-in-error.v1', z.object({}));
export type StaffMemberEnteredInErrorV1 = z.infer<typeof staffMemberEnteredInErrorV1>;
