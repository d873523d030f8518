import { z } from 'zod';
import { envelope } from '../envelope.js';

/** From whom the concern, and whatever follows from it, is kept from now on, whoever it is open to; or is kept no more. Of each of them the latest holds. */
export const concernKeptFromV1 = envelope(
  'safeguarding.concern.kept-from.v1',
  z.object({
    staff: z.array(z.string().min(1)),
    kept: z.boolean(),
  }),
);
export type ConcernKeptFromV1 = z.infer<typeof concernKeptFromV1>;
