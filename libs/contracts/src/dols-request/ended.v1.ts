import { z } from 'zod';
import { day, envelope } from '../envelope.js';

/** The authorisation came to its end. */
export const dolsRequestEndedV1 = envelope(
  'safeguarding.dols-request.ended.v1',
  z.object({
    endedOn: day,
    reason: z.enum(['expired', 'reviewed', 'died', 'moved', 'ceased']),
  }),
);
export type DolsRequestEndedV1 = z.infer<typeof dolsRequestEndedV1>;
