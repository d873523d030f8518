import { z } from 'zod';
import { envelope } from '../envelope.js';

/** The person's record was disposed of: the link from pseudonym to cases is forgotten. */
export const personDisposedV1 = envelope(
  'safeguarding.person.disposed.v1',
  z.object({}),
);
export type PersonDisposedV1 = z.infer<typeof personDisposedV1>;
