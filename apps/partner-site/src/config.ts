import { z } from 'zod';
import { parseEnvironment, secretsOf, siteEnvironment } from '#libs/pages';
import { signInEnvironment } from '#libs/sign-in';

const environment = {
  ...siteEnvironment,
  ...signInEnvironment,
  /** As whom the form of each council raises what the public tells it. */
  PUBLIC_CLIENTS: z.string().default('E06000062=public-form,E06000061=public-form-north').transform((text) => new Map(text.split(',').map((pair) => pair.split('=') as [string, string]))),
  TRIAGE_URL: z.url(),
  /** What people are asked to ring when the form cannot be sent: a council sets its own. The default rings nowhere. */
  SAFEGUARDING_PHONE: z.string().default('01632 960 999 (an invented number)'),
  /** What one visitor may begin at one process; counted as pages are. */
  DRAFTS_AN_HOUR: z.coerce.number().int().positive().default(120),
  /** Codes that one visitor may ask for, or try, at one process. */
  CODES_AN_HOUR: z.coerce.number().int().positive().default(60),
  /** Files that one visitor may send through one process. */
  FILES_AN_HOUR: z.coerce.number().int().positive().default(60),
  /** What all that is being written may come to: beyond it nothing new can be begun, and whatever else is in the database goes on. */
  DRAFTS_MEGABYTES: z.coerce.number().int().positive().default(500),
  /** Where *Exit this page* leads: somewhere that tells nobody anything. */
  EXIT_URL: z.url().default('https://www.bbc.co.uk/weather'),
};

export type Config = ReturnType<typeof readConfig>;

/** The settings of the partner site. */
export function readConfig(from: NodeJS.ProcessEnv) {
  return parseEnvironment(environment, from);
}

/** The site as its cookies and its session know it. */
export const siteOf = (config: Config) => ({
  name: 'partner-site',
  cookiePrefix: `partner-${config.CASEWARD_HOME_NAME}`,
  cookieSecret: secretsOf(config),
  secureCookies: config.SECURE_COOKIES === 'yes',
  logLevel: config.LOG_LEVEL,
});
