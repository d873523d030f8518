import { z } from 'zod';
import { ageBand } from '../codes.js';
import { envelope } from '../envelope.js';

/** It is known whom the concern is about; the age band is the one of the day it was received. */
export const concernIdentifiedV1 = envelope(
  'safeguarding.concern.identified.v1',
  z.object({
    personId: z.uuid(),
    ageBand,
  }),
);
export type ConcernIdentifiedV1 = z.infer<typeof concernIdentifiedV1>;
