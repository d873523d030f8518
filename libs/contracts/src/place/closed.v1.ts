import { z } from 'zod';
import { day, envelope } from '../envelope.js';

/** A place is no more. */
export const placeClosedV1 = envelope('safeguarding.place.closed.v1', z.object({ closedOn: day }));
export type PlaceClosedV1 = z.infer<typeof placeClosedV1>;
