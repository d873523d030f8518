import { z } from 'zod';
import { triageOutcome } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** The decision is looked at again; it never closes an enquiry. */
export const concernReopenedV1 = envelope(
  'safeguarding.concern.reopened.v1',
  z.object({
    reopenedAt: instant,
    previousOutcome: triageOutcome,
    /** A decision that was told before has come to an enquiry; absent where an older version told it. */
    hasEnquiry: z.boolean().optional(),
  }),
);
export type ConcernReopenedV1 = z.infer<typeof concernReopenedV1>;
