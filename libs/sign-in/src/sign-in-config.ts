import { z } from 'zod';
import { identityEnvironment } from '#libs/identity';

/** What a site with people who sign in is told besides. */
export const signInEnvironment = {
  ...identityEnvironment,
  /** Where browsers find this site; the provider sends them back there. */
  SITE_URL: z.url().transform((url) => url.replace(/\/$/, '')),
  /** Its own schema, for sessions and nothing else. */
  DATABASE_APP_URL: z.url(),
};

const signInConfig = z.object(signInEnvironment);
export type SignInConfig = Readonly<z.infer<typeof signInConfig>>;
