import { z } from 'zod';
import { band } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** Put into a priority band; the latest holds. */
export const dolsRequestPrioritisedV1 = envelope(
  'safeguarding.dols-request.prioritised.v1',
  z.object({
    prioritisedAt: instant,
    band,
  }),
);
export type DolsRequestPrioritisedV1 = z.infer<typeof dolsRequestPrioritisedV1>;
