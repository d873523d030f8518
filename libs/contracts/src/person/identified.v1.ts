import { z } from 'zod';
import { ageBand } from '../codes.js';
import { envelope } from '../envelope.js';

/** The answer to a record that was received: this is whom it is about. */
export const personIdentifiedV1 = envelope(
  'safeguarding.person.identified.v1',
  z.object({
    recordId: z.uuid(),
    recordKind: z.enum(['concern', 'dols_request']),
    ageBand,
    under18: z.boolean(),
  }),
);
export type PersonIdentifiedV1 = z.infer<typeof personIdentifiedV1>;
