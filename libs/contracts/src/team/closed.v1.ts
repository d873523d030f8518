import { z } from 'zod';
import { envelope } from '../envelope.js';

/** A team is no more. */
export const teamClosedV1 = envelope('safeguarding.team.closed.v1', z.object({}));
export type TeamClosedV1 = z.infer<typeof teamClosedV1>;
