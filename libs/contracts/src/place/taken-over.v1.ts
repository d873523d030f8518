import { z } from 'zod';
import { day, envelope } from '../envelope.js';

/** Another organisation runs a place from this day; null where nobody knows which. */
export const placeTakenOverV1 = envelope('safeguarding.place.taken-over.v1', z.object({ organisationId: z.uuid().nullable(), since: day }));
export type PlaceTakenOverV1 = z.infer<typeof placeTakenOverV1>;
