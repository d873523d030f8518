import { z } from 'zod';
import { ethnicity, gender, primarySupportReason } from '../codes.js';
import { envelope } from '../envelope.js';

/** Coded characteristics as they are now known; each field given replaces what was published before. */
export const personCharacteristicsCorrectedV1 = envelope(
  'safeguarding.person.characteristics-corrected.v1',
  z.object({
    gender: gender.optional(),
    ethnicity: ethnicity.optional(),
    primarySupportReason: primarySupportReason.optional(),
    localArea: z.string().nullable().optional(),
  }),
);
export type PersonCharacteristicsCorrectedV1 = z.infer<typeof personCharacteristicsCorrectedV1>;
