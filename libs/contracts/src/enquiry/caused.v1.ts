import { z } from 'zod';
import { conductedBy } from '../codes.js';
import { day, envelope } from '../envelope.js';

/** Another agency makes the enquiry; the council stays accountable. */
export const enquiryCausedV1 = envelope(
  'safeguarding.enquiry.caused.v1',
  z.object({
    conductedBy,
    dueOn: day.nullable(),
  }),
);
export type EnquiryCausedV1 = z.infer<typeof enquiryCausedV1>;
