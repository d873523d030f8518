import { z } from 'zod';
import { mentalCapacity, outcomesAchieved, outcomesAsked, riskOutcome, yesNo } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** The enquiry came to its end. */
export const enquiryConcludedV1 = envelope(
  'safeguarding.enquiry.concluded.v1',
  z.object({
    concludedAt: instant,
    legacy: z.boolean(),
    outcomesAsked: outcomesAsked.nullable(),
    outcomesAchieved: outcomesAchieved.nullable(),
    mentalCapacity: mentalCapacity.nullable(),
    advocate: yesNo.nullable(),
    riskOutcome: riskOutcome.nullable(),
  }),
);
export type EnquiryConcludedV1 = z.infer<typeof enquiryConcludedV1>;
