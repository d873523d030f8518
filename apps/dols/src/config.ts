import { z } from 'zod';
import { journalEnvironment, readEnvironment, retentionFile } from '#libs/platform';
import { RETENTION, RETENTION_CLASSES, RETENTION_TRIGGERS } from './request/domain/retention-rules.js';

export const config = readEnvironment(
  journalEnvironment.extend({
    PEOPLE_URL: z.url(),
    /** For how long somebody who is not named opens a restricted request. */
    GLASS_MINUTES: z.coerce.number().int().min(1).max(1_440).default(60),
    /** How long requests are kept, as JSON: class, version, source, effectiveFrom, trigger, years. */
    RETENTION_FILE: retentionFile(RETENTION, { classes: RETENTION_CLASSES, triggers: RETENTION_TRIGGERS }),
  }),
);
