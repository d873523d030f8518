import { z } from 'zod';
import { placeSetting } from '../codes.js';
import { envelope } from '../envelope.js';

/** A place where people live or are cared for is known, with its location id at the Care Quality Commission and who runs it. */
export const placeRegisteredV1 = envelope(
  'safeguarding.place.registered.v1',
  z.object({
    cqcLocationId: z.string().nullable(),
    setting: placeSetting,
    localArea: z.string().nullable(),
    organisationId: z.uuid().nullable(),
  }),
);
export type PlaceRegisteredV1 = z.infer<typeof placeRegisteredV1>;
