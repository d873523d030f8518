import { z } from 'zod';
import { abuseType, channel, location, referrerType, sourceOfRisk, yesNo } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** A recorded fact was wrong; each field given replaces what was published before. */
export const concernCorrectedV1 = envelope(
  'safeguarding.concern.corrected.v1',
  z.object({
    receivedAt: instant.optional(),
    channel: channel.nullable().optional(),
    referrerType: referrerType.nullable().optional(),
    abuseTypes: z.array(abuseType).optional(),
    locationType: location.nullable().optional(),
    sourceOfRisk: sourceOfRisk.nullable().optional(),
    immediateRisk: yesNo.nullable().optional(),
  }),
);
export type ConcernCorrectedV1 = z.infer<typeof concernCorrectedV1>;
