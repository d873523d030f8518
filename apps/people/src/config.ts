import { z } from 'zod';
import { journalEnvironment, readEnvironment, retentionFile } from '#libs/platform';
import { RETENTION, RETENTION_CLASSES, RETENTION_TRIGGERS } from './person/domain/retention-rules.js';

export const config = readEnvironment(
  journalEnvironment.extend({
    TRIAGE_URL: z.url(),
    SECTION42_URL: z.url(),
    DOLS_URL: z.url(),
    /** How long records are kept, as JSON. Where it names no class for people, they are due with the last record that needed them. */
    RETENTION_FILE: retentionFile(RETENTION, { classes: RETENTION_CLASSES, triggers: RETENTION_TRIGGERS }).transform((rules) => (rules.length > 0 ? rules : RETENTION)),
  }),
);
