import { isLoopback } from '#libs/identity';
import { journalEnvironment, readEnvironment } from '#libs/platform';

export const config = readEnvironment(
  journalEnvironment.refine(({ INVENTED_STAFF, OIDC_ISSUER }) => !INVENTED_STAFF || isLoopback(new URL(OIDC_ISSUER).hostname), {
    path: ['INVENTED_STAFF'],
    message: 'is for the provider for trying out: nobody invented works where a real one says who people are',
  }),
);
