import { z } from 'zod';
import { journalEnvironment, readEnvironment, retentionFile } from '#libs/platform';
import { fileEnvironment } from './concern/adapters/files/file-settings.js';
import { postEnvironment, postTroubles } from './concern/adapters/post/post-settings.js';
import { webhookEnvironment } from './concern/adapters/webhook/webhook-settings.js';
import { RETENTION, RETENTION_CLASSES, RETENTION_TRIGGERS } from './concern/domain/retention-rules.js';

export const config = readEnvironment(
  journalEnvironment.extend({
    ...postEnvironment,
    ...webhookEnvironment,
    ...fileEnvironment,
    PEOPLE_URL: z.url(),
    /** Which share of the decisions is drawn for a second look. */
    SECOND_LOOK_SHARE: z.coerce.number().min(0).max(1).default(0.05),
    /** For how long somebody who is not named opens a restricted concern. */
    GLASS_MINUTES: z.coerce.number().int().min(1).max(1_440).default(60),
    /** For how many months before a concern the others at its place are shown beside it. */
    PLACE_MONTHS: z.coerce.number().int().min(1).max(120).default(12),
    /** How long concerns are kept, as JSON: class, version, source, effectiveFrom, trigger, years. */
    RETENTION_FILE: retentionFile(RETENTION, { classes: RETENTION_CLASSES, triggers: RETENTION_TRIGGERS }),
  }).superRefine((given, context) => postTroubles(given).forEach((message) => context.addIssue(message))),
);
