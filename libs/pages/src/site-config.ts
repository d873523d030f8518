import { z } from 'zod';

/** What both sites read from the environment. */
export const siteEnvironment = {
  PORT: z.coerce.number().int().min(0).max(65_535),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info'),
  SESSION_SECRET: z.string().min(32),
  /** The one before, while it is changed: what was begun under it goes on. */
  SESSION_SECRET_BEFORE: z.string().min(32).optional(),
  CASEWARD_HOME_NAME: z.string().regex(/^[\w-]+$/).default('caseward'),
  /** What one visitor may ask of one process: whoever is signed in by themselves, everybody else by their address, which a whole hospital may share. */
  PAGES_A_MINUTE: z.coerce.number().int().positive().default(300),
  SECURE_COOKIES: z.enum(['yes', 'no']).default('no'),
};

/** By the first a site signs and encrypts; any opens what was signed and encrypted before. */
export const secretsOf = ({ SESSION_SECRET, SESSION_SECRET_BEFORE: before }: { SESSION_SECRET: string; SESSION_SECRET_BEFORE?: string | undefined }): string[] => [SESSION_SECRET, ...(before === undefined ? [] : [before])];

/** The environment, checked once. A missing or wrong value stops the start and is named; its content is not. */
export function parseEnvironment<Shape extends z.ZodRawShape>(shape: Shape, environment: NodeJS.ProcessEnv) {
  const parsed = z.object(shape).safeParse(environment);
  const wrong = parsed.success ? openCookies(parsed.data) : parsed.error.issues.map(({ path }) => path.join('.'));
  if (parsed.success && wrong.length === 0) return Object.freeze(parsed.data);
  throw new Error(`these settings are missing or wrong: ${wrong.join(', ')}`);
}

/** A site that is reached over TLS holds its cookies to it: otherwise one plain request gives a session away. */
function openCookies({ SITE_URL, SECURE_COOKIES }: { SITE_URL?: unknown; SECURE_COOKIES?: unknown }): string[] {
  return String(SITE_URL).startsWith('https:') && SECURE_COOKIES !== 'yes' ? ['SECURE_COOKIES'] : [];
}
