import { z } from 'zod';
import {
  abuseType, ageBand, channel, location, notSafeguardingReason, referrerType, sourceOfRisk, triageOutcome, yesNo,
} from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** An old system's row tells the whole of a concern: it was received there, and perhaps decided by somebody there. */
export const concernImportedV1 = envelope(
  'safeguarding.concern.imported.v1',
  z.object({
    receivedAt: instant,
    channel: channel.nullable(),
    referrerType: referrerType.nullable(),
    abuseTypes: z.array(abuseType),
    locationType: location.nullable(),
    sourceOfRisk: sourceOfRisk.nullable(),
    immediateRisk: yesNo.nullable(),
    personId: z.uuid().nullable(),
    ageBand: ageBand.nullable(),
    decision: z
      .object({
        decidedAt: instant,
        outcome: triageOutcome,
        limbs: z.object({ needs: yesNo.nullable(), risk: yesNo.nullable(), unable: yesNo.nullable() }),
        notSafeguardingReason: notSafeguardingReason.nullable(),
      })
      .nullable(),
  }),
);
export type ConcernImportedV1 = z.infer<typeof concernImportedV1>;
