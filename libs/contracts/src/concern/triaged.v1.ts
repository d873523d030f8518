import { z } from 'zod';
import { authority, notSafeguardingReason, triageOutcome, yesNo } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** A named person decided (Care Act 2014, s.42(1)). */
export const concernTriagedV1 = envelope(
  'safeguarding.concern.triaged.v1',
  z.object({
    decidedAt: instant,
    /** Which decision on this concern it is: the first, the second, … */
    decision: z.int().positive(),
    outcome: triageOutcome,
    limbs: z.object({ needs: yesNo.nullable(), risk: yesNo.nullable(), unable: yesNo.nullable() }),
    notSafeguardingReason: notSafeguardingReason.nullable(),
    /** Whether it goes to the board for a Safeguarding Adult Review (Care Act 2014, s.44); left out where that was not said, and by older versions. */
    sarReferral: z.boolean().optional(),
    /** To which council known here it falls, where it goes to another; left out where it is another, which has no code here. */
    otherAuthority: authority.optional(),
  }),
);
export type ConcernTriagedV1 = z.infer<typeof concernTriagedV1>;
