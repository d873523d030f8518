import { z } from 'zod';
import { parseEnvironment, siteEnvironment } from '#libs/pages';

const environment = {
  ...siteEnvironment,
  TRIAGE_URL: z.url(),
  /** What people are asked to ring when the form cannot be sent: a council sets its own. The default rings nowhere. */
  SAFEGUARDING_PHONE: z.string().default('01632 960 999 (an invented number)'),
};

export type Config = ReturnType<typeof readConfig>;

/** The settings of the partner site. */
export function readConfig(from: NodeJS.ProcessEnv) {
  return parseEnvironment(environment, from);
}
