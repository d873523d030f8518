import { z } from 'zod';
import { envelope, instant } from '../envelope.js';

/** Somebody has it; sent again when somebody else does. */
export const enquiryAllocatedV1 = envelope(
  'safeguarding.enquiry.allocated.v1',
  z.object({
    allocatedAt: instant,
    again: z.boolean(),
  }),
);
export type EnquiryAllocatedV1 = z.infer<typeof enquiryAllocatedV1>;
