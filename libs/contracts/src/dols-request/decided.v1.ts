import { z } from 'zod';
import { dolsOutcome, legalTest } from '../codes.js';
import { day, envelope, instant } from '../envelope.js';

/** Granted, refused, withdrawn, or overtaken by a death or a move. */
export const dolsRequestDecidedV1 = envelope(
  'safeguarding.dols-request.decided.v1',
  z.object({
    decidedAt: instant,
    outcome: dolsOutcome,
    legacy: z.boolean(),
    legalTest: legalTest.nullable(),
    authorisedFrom: day.nullable(),
    authorisedTo: day.nullable(),
  }),
);
export type DolsRequestDecidedV1 = z.infer<typeof dolsRequestDecidedV1>;
