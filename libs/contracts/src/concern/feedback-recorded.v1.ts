import { z } from 'zod';
import { envelope, instant } from '../envelope.js';

/** Whoever raised the concern was told what became of it, or somebody recorded why not. */
export const concernFeedbackRecordedV1 = envelope(
  'safeguarding.concern.feedback-recorded.v1',
  z.object({
    told: z.boolean(),
    at: instant,
  }),
);
export type ConcernFeedbackRecordedV1 = z.infer<typeof concernFeedbackRecordedV1>;
