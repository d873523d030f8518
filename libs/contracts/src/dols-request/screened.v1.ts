import { z } from 'zod';
import { legalTest } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** Looked at under the legal test of that day; ranks and asks, refuses nothing. */
export const dolsRequestScreenedV1 = envelope(
  'safeguarding.dols-request.screened.v1',
  z.object({
    screenedAt: instant,
    legalTest,
  }),
);
export type DolsRequestScreenedV1 = z.infer<typeof dolsRequestScreenedV1>;
