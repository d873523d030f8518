import { z } from 'zod';
import { parseEnvironment, siteEnvironment } from '#libs/pages';

const environment = {
  ...siteEnvironment,
  TRIAGE_URL: z.url(),
  /** What people are asked to ring when the form cannot be sent; the council's own safeguarding line. */
  SAFEGUARDING_PHONE: z.string().default('0300 126 7000'),
};

export type Config = ReturnType<typeof readConfig>;

/** The settings of the partner site. */
export function readConfig(from: NodeJS.ProcessEnv) {
  return parseEnvironment(environment, from);
}
