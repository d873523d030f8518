import { z } from 'zod';
import { authority, route } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** Where a decision sends the concern that it had not been sent yet. Nobody need do anything on it: that they have it is recorded with the concern. */
export const concernRoutedV1 = envelope(
  'safeguarding.concern.routed.v1',
  z.object({
    routedAt: instant,
    /** Which decision on this concern sends it. */
    decision: z.int().positive(),
    /** To which council known here, where one of them is another authority; left out where it is another, which has no code here. */
    routes: z.array(z.object({ route, otherAuthority: authority.optional() })).min(1),
  }),
);
export type ConcernRoutedV1 = z.infer<typeof concernRoutedV1>;
