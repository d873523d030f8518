import { z } from 'zod';
import { envelope } from '../envelope.js';

/** From whom the request is kept from now on, whoever it is open to; or is kept no more. Of each of them the latest holds. */
export const dolsRequestKeptFromV1 = envelope(
  'safeguarding.dols-request.kept-from.v1',
  z.object({
    staff: z.array(z.string().min(1)),
    kept: z.boolean(),
  }),
);
export type DolsRequestKeptFromV1 = z.infer<typeof dolsRequestKeptFromV1>;
