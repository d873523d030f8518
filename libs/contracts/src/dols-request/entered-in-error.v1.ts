import { z } from 'zod';
import { envelope } from '../envelope.js';

/** It should never have been a record: out of queues and measures, counted apart. */
export const dolsRequestEnteredInErrorV1 = envelope(
  'safeguarding.dols-request.entered-in-error.v1',
  z.object({}),
);
export type DolsRequestEnteredInErrorV1 = z.infer<typeof dolsRequestEnteredInErrorV1>;
