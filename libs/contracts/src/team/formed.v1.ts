import { z } from 'zod';
import { envelope } from '../envelope.js';

/** There is a team of this code, by which cases are allocated. */
export const teamFormedV1 = envelope('safeguarding.team.formed.v1', z.object({ code: z.string() }));
export type TeamFormedV1 = z.infer<typeof teamFormedV1>;
