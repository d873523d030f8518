import { z } from 'zod';
import { envelope } from '../envelope.js';

/** It should never have been a record: out of queues and measures, counted apart. */
export const enquiryEnteredInErrorV1 = envelope(
  'safeguarding.enquiry.entered-in-error.v1',
  z.object({}),
);
export type EnquiryEnteredInErrorV1 = z.infer<typeof enquiryEnteredInErrorV1>;
