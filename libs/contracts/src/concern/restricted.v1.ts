import { z } from 'zod';
import { envelope } from '../envelope.js';

/** Whom the concern, and whatever follows from it, is open to from now on: these members of staff; everybody who has the right where there are none. */
export const concernRestrictedV1 = envelope(
  'safeguarding.concern.restricted.v1',
  z.object({
    openTo: z.array(z.string().min(1)),
  }),
);
export type ConcernRestrictedV1 = z.infer<typeof concernRestrictedV1>;
