import { z } from 'zod';
import { conductedBy, enquiryKind } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** A decision opened an enquiry, or an old system's row tells of one. Published again when such a row fills in what a decision had opened: the latest holds. */
export const enquiryOpenedV1 = envelope(
  'safeguarding.enquiry.opened.v1',
  z.object({
    concernId: z.uuid(),
    kind: enquiryKind,
    openedAt: instant,
    legacy: z.boolean(),
    conductedBy: conductedBy.nullable(),
  }),
);
export type EnquiryOpenedV1 = z.infer<typeof enquiryOpenedV1>;
