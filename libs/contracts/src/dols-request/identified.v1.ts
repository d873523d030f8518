import { z } from 'zod';
import { ageBand } from '../codes.js';
import { envelope } from '../envelope.js';

/** It is known whom the request is about; the age band is the one of the day it was received. */
export const dolsRequestIdentifiedV1 = envelope(
  'safeguarding.dols-request.identified.v1',
  z.object({
    personId: z.uuid(),
    ageBand,
  }),
);
export type DolsRequestIdentifiedV1 = z.infer<typeof dolsRequestIdentifiedV1>;
