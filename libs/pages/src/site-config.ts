import { z } from 'zod';

/** What both sites read from the environment. */
export const siteEnvironment = {
  PORT: z.coerce.number().int().min(0).max(65_535),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info'),
  SESSION_SECRET: z.string().min(32),
  CASEWARD_HOME_NAME: z.string().regex(/^[\w-]+$/).default('caseward'),
  /** What one visitor may ask of one process: whoever is signed in by themselves, everybody else by their address, which a whole hospital may share. */
  PAGES_A_MINUTE: z.coerce.number().int().positive().default(300),
  SECURE_COOKIES: z.enum(['yes', 'no']).default('no'),
};

/** The environment, checked once. A missing or wrong value stops the start and is named; its content is not. */
export function parseEnvironment<Shape extends z.ZodRawShape>(shape: Shape, environment: NodeJS.ProcessEnv) {
  const parsed = z.object(shape).safeParse(environment);
  if (parsed.success) return Object.freeze(parsed.data);
  const names = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new Error(`these settings are missing or wrong: ${names}`);
}
