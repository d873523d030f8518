import { z } from 'zod';
import { identityEnvironment, isLoopback } from '#libs/identity';
import { KeyFile } from '#libs/journal';
import { programClients } from './programs.js';
import { tenants } from './tenants.js';

const url = z.url();

/** What every process is told. */
export const processEnvironment = z.object({
  SERVICE_NAME: z.string().min(1),
  PORT: z.coerce.number().int().min(0).max(65_535),
  HOST: z.string().default('127.0.0.1'),
  /** Which of several systems on a machine this is. */
  CASEWARD_HOME_NAME: z.string().default(''),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info'),
});

/** What a service is told besides: its database under each role, its broker, its key. */
export const serviceEnvironment = processEnvironment.extend({
  ...identityEnvironment,
  /** Which council a tenant of the provider is. */
  COUNCIL_TENANTS: tenants,
  /** Which client of the provider each program of ours is. */
  PROGRAM_CLIENTS: programClients,
  /** Given by `npm start` alone. Those who sign in are invented, at the provider for trying out: of whom the directory has not told yet, their tokens tell. The directory registers them, with a few invented teams, organisations and places. */
  INVENTED_STAFF: z.stringbool().default(false),
  DATABASE_APP_URL: url,
  DATABASE_RELAY_URL: url,
  DATABASE_MAINTAIN_URL: url,
  NATS_URL: z.string().min(1),
  NATS_USER: z.string().min(1),
  NATS_PASSWORD: z.string().min(1),
  /** What one person or program may ask of one process: more than anybody does by hand, or a partner's system by night. */
  REQUESTS_A_MINUTE: z.coerce.number().int().positive().default(3_000),
  /** More records opened one by one within an hour are shown to auditors: how many are usual, no source says. */
  RECORDS_AN_HOUR: z.coerce.number().int().positive().default(40),
  /** Several processes of one service share its port. */
  REUSE_PORT: z.stringbool().default(false),
  KEY_FILE: z.string().transform(readKeys),
  /** Where the services that publish answer, for what the broker no longer has. */
  PEOPLE_URL: url.optional(),
  TRIAGE_URL: url.optional(),
  SECTION42_URL: url.optional(),
  DOLS_URL: url.optional(),
  DIRECTORY_URL: url.optional(),
});

/** What a service with a journal is told besides. */
export const journalEnvironment = serviceEnvironment.extend({
  /** Where its seals are kept outside the database; all processes of the service write to the one file. */
  SEAL_FILE: z.string().min(1),
  SEAL_EVERY_SECONDS: z.coerce.number().positive().default(60),
  /** An event that has waited longer than this for the broker is told of by verifying. */
  OUTBOX_LIMIT_SECONDS: z.coerce.number().positive().default(60),
});

export type ProcessConfig = Readonly<z.infer<typeof processEnvironment>>;
export type ServiceConfig = Readonly<z.infer<typeof serviceEnvironment>>;
export type JournalConfig = Readonly<z.infer<typeof journalEnvironment>>;

/** Parses the environment once. Ends the process with the names of what is missing or wrong; values are never shown. */
export function readEnvironment<Schema extends z.ZodObject>(schema: Schema): Readonly<z.infer<Schema>> {
  const parsed = schema.safeParse(process.env);
  const wrong = parsed.success ? inventedBeyond(parsed.data) : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (parsed.success && wrong.length === 0) return Object.freeze(parsed.data);
  process.stderr.write(`The environment is not complete:\n  ${wrong.join('\n  ')}\n`);
  process.exit(78);
}

/** What keeps invented people from signing in here: a real provider, or anybody beyond this machine who could. None where nobody is invented. */
export function inventedBeyond({ INVENTED_STAFF, OIDC_ISSUER, HOST }: Record<string, unknown>): string[] {
  if (INVENTED_STAFF !== true) return [];
  return [
    ...(isLoopback(new URL(String(OIDC_ISSUER)).hostname) ? [] : ['INVENTED_STAFF: where people sign in at a real provider, nobody is invented']),
    ...(isLoopback(String(HOST)) ? [] : ['INVENTED_STAFF: who is invented has no password, so nothing may listen beyond this machine']),
  ];
}

function readKeys(path: string, context: z.RefinementCtx): KeyFile {
  const file = new KeyFile(path);
  try {
    file.read();
    return file;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    context.addIssue(code ? `cannot be read (${code})` : `${path} does not hold keys of 32 bytes in base64`);
  }
  return z.NEVER;
}
