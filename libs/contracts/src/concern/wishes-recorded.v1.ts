import { z } from 'zod';
import { outcomesAsked } from '../codes.js';
import { envelope } from '../envelope.js';

/** The person was asked what they want, or somebody recorded why not. */
export const concernWishesRecordedV1 = envelope(
  'safeguarding.concern.wishes-recorded.v1',
  z.object({
    outcomesAsked,
    /** Nobody could ask, which `outcomesAsked` has as `not_asked`; left out where somebody could have, and by older versions. */
    couldNotAsk: z.literal(true).optional(),
  }),
);
export type ConcernWishesRecordedV1 = z.infer<typeof concernWishesRecordedV1>;
