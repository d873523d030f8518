import { z } from 'zod';
import { envelope, instant } from '../envelope.js';

/** There is more to find out: from then on it is not concluded, until it is concluded again. */
export const enquiryReopenedV1 = envelope(
  'safeguarding.enquiry.reopened.v1',
  z.object({
    reopenedAt: instant,
  }),
);
export type EnquiryReopenedV1 = z.infer<typeof enquiryReopenedV1>;
