import { z } from 'zod';
import { parseEnvironment, siteEnvironment } from '#libs/pages';
import { signInEnvironment } from '#libs/sign-in';

const environment = {
  ...siteEnvironment,
  ...signInEnvironment,
  PEOPLE_URL: z.url(),
  TRIAGE_URL: z.url(),
  SECTION42_URL: z.url(),
  DOLS_URL: z.url(),
  METRICS_URL: z.url(),
  DIRECTORY_URL: z.url(),
  /** The day the board page opens at; without it, today. */
  BOARD_AS_OF: z.iso.date().optional(),
};

export type Config = ReturnType<typeof readConfig>;

/** The settings of the staff site. */
export function readConfig(from: NodeJS.ProcessEnv) {
  return parseEnvironment(environment, from);
}
