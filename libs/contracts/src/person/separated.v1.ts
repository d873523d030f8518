import { z } from 'zod';
import { envelope } from '../envelope.js';

/** They were not the same after all: this pseudonym stands for itself again. */
export const personSeparatedV1 = envelope(
  'safeguarding.person.separated.v1',
  z.object({}),
);
export type PersonSeparatedV1 = z.infer<typeof personSeparatedV1>;
