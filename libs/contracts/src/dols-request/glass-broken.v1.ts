import { z } from 'zod';
import { envelope, instant } from '../envelope.js';

/** Somebody who is not named broke the glass of a restricted request: it is open to them until then. */
export const dolsRequestGlassBrokenV1 = envelope(
  'safeguarding.dols-request.glass-broken.v1',
  z.object({
    by: z.string().min(1),
    until: instant,
  }),
);
export type DolsRequestGlassBrokenV1 = z.infer<typeof dolsRequestGlassBrokenV1>;
