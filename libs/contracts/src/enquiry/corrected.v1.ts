import { z } from 'zod';
import { conductedBy, mentalCapacity, outcomesAchieved, outcomesAsked, riskOutcome, yesNo } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** A recorded fact was wrong; each field given replaces what was published before. */
export const enquiryCorrectedV1 = envelope(
  'safeguarding.enquiry.corrected.v1',
  z.object({
    openedAt: instant.optional(),
    allocatedAt: instant.optional(),
    concludedAt: instant.optional(),
    conductedBy: conductedBy.nullable().optional(),
    outcomesAsked: outcomesAsked.nullable().optional(),
    outcomesAchieved: outcomesAchieved.nullable().optional(),
    mentalCapacity: mentalCapacity.nullable().optional(),
    advocate: yesNo.nullable().optional(),
    riskOutcome: riskOutcome.nullable().optional(),
  }),
);
export type EnquiryCorrectedV1 = z.infer<typeof enquiryCorrectedV1>;
