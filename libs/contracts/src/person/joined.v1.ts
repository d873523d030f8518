import { z } from 'zod';
import { envelope } from '../envelope.js';

/** Two pseudonyms are one person: whoever asks for this one is led to `into`. */
export const personJoinedV1 = envelope(
  'safeguarding.person.joined.v1',
  z.object({
    into: z.uuid(),
  }),
);
export type PersonJoinedV1 = z.infer<typeof personJoinedV1>;
