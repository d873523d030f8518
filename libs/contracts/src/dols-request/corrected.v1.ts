import { z } from 'zod';
import { dolsKind, dolsSetting, yesNo } from '../codes.js';
import { day, envelope, instant } from '../envelope.js';

/** A recorded fact was wrong; each field given replaces what was published before. */
export const dolsRequestCorrectedV1 = envelope(
  'safeguarding.dols-request.corrected.v1',
  z.object({
    receivedAt: instant.optional(),
    kind: dolsKind.optional(),
    urgent: yesNo.nullable().optional(),
    setting: dolsSetting.nullable().optional(),
    decidedAt: instant.optional(),
    authorisedFrom: day.nullable().optional(),
    authorisedTo: day.nullable().optional(),
  }),
);
export type DolsRequestCorrectedV1 = z.infer<typeof dolsRequestCorrectedV1>;
