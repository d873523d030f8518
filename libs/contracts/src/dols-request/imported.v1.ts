import { z } from 'zod';
import { ageBand, band, dolsKind, dolsOutcome, dolsSetting, yesNo } from '../codes.js';
import { day, envelope, instant } from '../envelope.js';

/** An old system's row tells the whole of a request for authorisation. */
export const dolsRequestImportedV1 = envelope(
  'safeguarding.dols-request.imported.v1',
  z.object({
    receivedAt: instant,
    kind: dolsKind,
    urgent: yesNo.nullable(),
    setting: dolsSetting.nullable(),
    personId: z.uuid(),
    ageBand,
    priority: band.nullable(),
    allocatedAt: instant.nullable(),
    decidedAt: instant.nullable(),
    outcome: dolsOutcome.nullable(),
    authorisedFrom: day.nullable(),
    authorisedTo: day.nullable(),
  }),
);
export type DolsRequestImportedV1 = z.infer<typeof dolsRequestImportedV1>;
