import { z } from 'zod';
import { isLoopback } from '#libs/identity';
import { journalEnvironment, readEnvironment } from '#libs/platform';

const environment = journalEnvironment.extend({
  /** Whether the invented staff are registered, with a few invented teams, organisations and places. */
  INVENTED_STAFF: z.stringbool().default(false),
});

export const config = readEnvironment(
  environment.refine(({ INVENTED_STAFF, OIDC_ISSUER }) => !INVENTED_STAFF || isLoopback(new URL(OIDC_ISSUER).hostname), {
    path: ['INVENTED_STAFF'],
    message: 'is for the provider for trying out: nobody invented works where a real one says who people are',
  }),
);
