import { z } from 'zod';
import { envelope } from '../envelope.js';

/** The concern was disposed of at the end of its retention: it needs the person whom it was about no more. One that was about nobody known tells nobody. */
export const concernDisposedV1 = envelope(
  'safeguarding.concern.disposed.v1',
  z.object({
    personId: z.uuid(),
  }),
);
export type ConcernDisposedV1 = z.infer<typeof concernDisposedV1>;
