import { z } from 'zod';
import { abuseType, channel, location, referrerType, sourceOfRisk, yesNo } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** A worry about an adult was taken. */
export const concernReceivedV1 = envelope(
  'safeguarding.concern.received.v1',
  z.object({
    receivedAt: instant,
    channel: channel.nullable(),
    referrerType: referrerType.nullable(),
    abuseTypes: z.array(abuseType),
    locationType: location.nullable(),
    sourceOfRisk: sourceOfRisk.nullable(),
    immediateRisk: yesNo.nullable(),
  }),
);
export type ConcernReceivedV1 = z.infer<typeof concernReceivedV1>;
