import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { RetentionRule } from '#libs/retention';

/** The rules by which a council keeps its records, as a token for whoever needs them. */
export const RETENTION_RULES = Symbol('retention rules');

/** A council's own schedule for these classes, from a file; without one, the rules that stand in. A class that the file leaves out is not disposed of. */
export function retentionFile<Class extends string, Trigger extends string>(
  standIn: readonly RetentionRule<Class, Trigger>[],
  { classes, triggers }: { classes: readonly Class[]; triggers: readonly Trigger[] },
) {
  const rules = z.array(
    z.strictObject({
      class: z.enum(classes),
      version: z.int().positive(),
      source: z.string().trim().min(1),
      effectiveFrom: z.iso.date(),
      trigger: z.enum(triggers),
      years: z.int().min(1).max(150),
    }),
  ).min(1);
  return z.string().optional().transform((file, context): readonly RetentionRule<Class, Trigger>[] => {
    if (file === undefined || file === '') return standIn;
    try {
      const parsed = rules.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      if (parsed.success) return parsed.data as RetentionRule<Class, Trigger>[];
      context.addIssue(`${file}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
    } catch (error) {
      context.addIssue(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'not JSON'})`);
    }
    return z.NEVER;
  });
}
