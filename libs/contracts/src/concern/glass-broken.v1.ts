import { z } from 'zod';
import { envelope, instant } from '../envelope.js';

/** Somebody who is not named broke the glass of a restricted concern: it is open to them until then. */
export const concernGlassBrokenV1 = envelope(
  'safeguarding.concern.glass-broken.v1',
  z.object({
    by: z.string().min(1),
    until: instant,
  }),
);
export type ConcernGlassBrokenV1 = z.infer<typeof concernGlassBrokenV1>;
