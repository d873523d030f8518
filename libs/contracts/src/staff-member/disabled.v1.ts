import { z } from 'zod';
import { envelope } from '../envelope.js';

/** Somebody may do nothing here any more: they keep their roles, which have no effect, and nobody acts for them. */
export const staffMemberDisabledV1 = envelope('safeguarding.staff-member.disabled.v1', z.object({}));
export type StaffMemberDisabledV1 = z.infer<typeof staffMemberDisabledV1>;
