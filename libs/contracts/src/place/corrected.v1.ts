import { z } from 'zod';
import { placeSetting } from '../codes.js';
import { envelope } from '../envelope.js';

/** A recorded fact was wrong; each field given replaces what was published before. */
export const placeCorrectedV1 = envelope(
  'safeguarding.place.corrected.v1',
  z.object({
    cqcLocationId: z.string().nullable().optional(),
    setting: placeSetting.optional(),
    localArea: z.string().nullable().optional(),
  }),
);
export type PlaceCorrectedV1 = z.infer<typeof placeCorrectedV1>;
