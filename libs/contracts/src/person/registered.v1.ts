import { z } from 'zod';
import { ethnicity, gender, primarySupportReason } from '../codes.js';
import { envelope } from '../envelope.js';

/** Somebody is known under a pseudonym, with coded characteristics and nothing that names them. */
export const personRegisteredV1 = envelope(
  'safeguarding.person.registered.v1',
  z.object({
    gender,
    ethnicity,
    primarySupportReason,
    localArea: z.string().nullable(),
  }),
);
export type PersonRegisteredV1 = z.infer<typeof personRegisteredV1>;
