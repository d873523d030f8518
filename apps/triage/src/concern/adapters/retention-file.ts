import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RETENTION, RETENTION_CLASSES, type RetentionRule } from '../domain/retention-rules.js';

/** The rules by which this council keeps its records, as a token for whoever needs them. */
export const RETENTION_RULES = Symbol('retention rules');

const rules = z.array(
  z.strictObject({
    class: z.enum(RETENTION_CLASSES),
    version: z.int().positive(),
    source: z.string().trim().min(1),
    effectiveFrom: z.iso.date(),
    trigger: z.literal('last_contact'),
    years: z.int().min(1).max(150),
  }),
).min(1);

/** A council's own schedule, from a file; without one, the rules that stand in. A class that the file leaves out is not disposed of. */
export const retentionFile = z.string().optional().transform((file, context): readonly RetentionRule[] => {
  if (file === undefined || file === '') return RETENTION;
  try {
    const parsed = rules.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data;
    context.addIssue(`${file}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
  } catch (error) {
    context.addIssue(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'not JSON'})`);
  }
  return z.NEVER;
});
