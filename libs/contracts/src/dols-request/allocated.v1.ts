import { z } from 'zod';
import { envelope, instant } from '../envelope.js';

/** Somebody has it; sent again when somebody else does. */
export const dolsRequestAllocatedV1 = envelope(
  'safeguarding.dols-request.allocated.v1',
  z.object({
    allocatedAt: instant,
    again: z.boolean(),
  }),
);
export type DolsRequestAllocatedV1 = z.infer<typeof dolsRequestAllocatedV1>;
