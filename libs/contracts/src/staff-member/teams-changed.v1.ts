import { z } from 'zod';
import { envelope } from '../envelope.js';

/** All the teams that somebody is in now. The latest `sequence` stands. */
export const staffMemberTeamsChangedV1 = envelope('safeguarding.staff-member.teams-changed.v1', z.object({ teams: z.array(z.uuid()) }));
export type StaffMemberTeamsChangedV1 = z.infer<typeof staffMemberTeamsChangedV1>;
