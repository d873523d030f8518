import { z } from 'zod';
import { envelope } from '../envelope.js';

/** The request was disposed of at the end of its retention: it needs the person whom it was about no more. One that was about nobody known tells nobody. */
export const dolsRequestDisposedV1 = envelope(
  'safeguarding.dols-request.disposed.v1',
  z.object({
    personId: z.uuid(),
  }),
);
export type DolsRequestDisposedV1 = z.infer<typeof dolsRequestDisposedV1>;
