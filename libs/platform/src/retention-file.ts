import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CLASSES, type RetentionRule, TRIGGERS } from '#libs/retention';

/** The rules by which a council keeps its records, as a token for whoever needs them. */
export const RETENTION_RULES = Symbol('retention rules');

const schedule = z.array(
  z.strictObject({
    class: z.enum(CLASSES),
    version: z.int().positive(),
    source: z.string().trim().min(1),
    effectiveFrom: z.iso.date(),
    trigger: z.enum(TRIGGERS),
    years: z.int().min(1).max(150),
  }),
).min(1);

/** What of a council's schedule is one service's, and from when its years may count. */
interface Share<Class extends string, Trigger extends string> {
  classes: readonly Class[];
  triggers: readonly Trigger[];
}

/** A council's own schedule, as far as it is about these classes; without a file, the rules that stand in. A class that the file leaves out is not disposed of. */
export function retentionFile<Class extends (typeof CLASSES)[number], Trigger extends (typeof TRIGGERS)[number]>(standIn: readonly RetentionRule<Class, Trigger>[], { classes, triggers }: Share<Class, Trigger>) {
  return z.string().optional().transform((file, context): readonly RetentionRule<Class, Trigger>[] => {
    if (file === undefined || file === '') return standIn;
    const read = rulesIn(file);
    if (typeof read === 'string') context.addIssue(read);
    else {
      const own = read.filter((rule): rule is RetentionRule<Class, (typeof TRIGGERS)[number]> => classes.some((one) => one === rule.class));
      const known = own.filter((rule): rule is RetentionRule<Class, Trigger> => triggers.some((one) => one === rule.trigger));
      if (known.length === own.length) return known;
      context.addIssue(`${file}: ${classes.join(', ')} can only count from ${triggers.join(' or ')}`);
    }
    return z.NEVER;
  });
}

/** The rules in a file, or why they cannot be read. */
function rulesIn(file: string): z.infer<typeof schedule> | string {
  try {
    const parsed = schedule.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : `${file}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
  } catch (error) {
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'not JSON'})`;
  }
}
