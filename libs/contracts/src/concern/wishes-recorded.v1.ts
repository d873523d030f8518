import { z } from 'zod';
import { outcomesAsked } from '../codes.js';
import { envelope } from '../envelope.js';

/** The person was asked what they want, or somebody recorded why not. */
export const concernWishesRecordedV1 = envelope(
  'safeguarding.concern.wishes-recorded.v1',
  z.object({
    outcomesAsked,
  }),
);
export type ConcernWishesRecordedV1 = z.infer<typeof concernWishesRecordedV1>;
