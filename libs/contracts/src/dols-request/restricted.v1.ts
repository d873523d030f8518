import { z } from 'zod';
import { envelope } from '../envelope.js';

/** Whom the request is open to from now on: these members of staff; everybody who has the right where there are none. */
export const dolsRequestRestrictedV1 = envelope(
  'safeguarding.dols-request.restricted.v1',
  z.object({
    openTo: z.array(z.string().min(1)),
  }),
);
export type DolsRequestRestrictedV1 = z.infer<typeof dolsRequestRestrictedV1>;
