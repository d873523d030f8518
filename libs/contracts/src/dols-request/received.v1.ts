import { z } from 'zod';
import { dolsKind, dolsSetting, yesNo } from '../codes.js';
import { envelope, instant } from '../envelope.js';

/** A managing authority asked for a deprivation of liberty to be authorised. */
export const dolsRequestReceivedV1 = envelope(
  'safeguarding.dols-request.received.v1',
  z.object({
    receivedAt: instant,
    kind: dolsKind,
    urgent: yesNo.nullable(),
    setting: dolsSetting.nullable(),
  }),
);
export type DolsRequestReceivedV1 = z.infer<typeof dolsRequestReceivedV1>;
