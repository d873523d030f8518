import { z } from 'zod';
import { envelope } from '../envelope.js';

/** Somebody who was disabled may work again, in the roles that they had. */
export const staffMemberEnabledV1 = envelope('safeguarding.staff-member.enabled.v1', z.object({}));
export type StaffMemberEnabledV1 = z.infer<typeof staffMemberEnabledV1>;
