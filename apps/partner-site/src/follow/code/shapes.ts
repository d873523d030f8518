import { z } from 'zod';

/** Where messages go: to the outbox of this machine, for trying out; by whoever carries them; nowhere. */
export const sentBy = z.object({ sentBy: z.enum(['outbox', 'notify', 'nobody']) });
export type SentBy = z.infer<typeof sentBy>['sentBy'];

export const begun = z.object({ following: z.string() });

/** What was written to them before, which stays to be read. */
export const earlierMessages = z.array(z.object({ at: z.string(), message: z.string().nullable() })).default([]);

/** How a concern goes on, as `triage` tells whoever raised it. */
export const followed = z.object({
  reference: z.string(),
  receivedAt: z.string(),
  stage: z.enum(['received', 'being_looked_at', 'decided', 'taken_back']),
  /** What they are asked for, and when somebody asked for it in particular. */
  missing: z.array(z.string()),
  askedAt: z.string().nullish(),
  told: z.array(z.object({ at: z.string(), what: z.array(z.string()), inDanger: z.string().optional() })).default([]),
  decidedAt: z.string().nullable(),
  feedback: z.string().nullable(),
  message: z.string().nullable(),
  earlierMessages,
  /** They told of themselves. */
  isOwn: z.boolean().catch(false),
});
export type Followed = z.infer<typeof followed>;
