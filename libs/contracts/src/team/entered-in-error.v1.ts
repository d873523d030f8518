import { z } from 'zod';
import { envelope } from '../envelope.js';

/** A team should never have been recorded. */
export const teamEnteredInErrorV1 = envelope('safeguarding.team.entered-in-error.v1', z.object({}));
export type TeamEnteredInErrorV1 = z.infer<typeof teamEnteredInErrorV1>;
