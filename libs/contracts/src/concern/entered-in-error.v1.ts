import { z } from 'zod';
import { envelope } from '../envelope.js';

/** It should never have been a record: out of queues and measures, counted apart. */
export const concernEnteredInErrorV1 = envelope(
  'safeguarding.concern.entered-in-error.v1',
  z.object({
    /** A decision that was told before has come to an enquiry; absent where an older version told it. */
    hasEnquiry: z.boolean().optional(),
  }),
);
export type ConcernEnteredInErrorV1 = z.infer<typeof concernEnteredInErrorV1>;
