import { z } from 'zod';
import { envelope } from '../envelope.js';

/** A place should never have been recorded. */
export const placeEnteredInErrorV1 = envelope('safeguarding.place.entered-in-error.v1', z.object({}));
export type PlaceEnteredInErrorV1 = z.infer<typeof placeEnteredInErrorV1>;
