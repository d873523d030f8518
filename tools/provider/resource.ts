import type { ResourceServer } from 'oidc-provider';
import { scopesOf } from './people.ts';
import type { ProviderPlan } from './plan.ts';

/** Short, so that a role which goes, and a program that is let in no more, is noticed soon. */
const lastsSeconds = 300;

/** Our services, as what tokens are for. */
export function resourceOf({ audience }: Pick<ProviderPlan, 'audience'>, clientId: string): ResourceServer {
  return {
    audience,
    scope: ['casework', 'internal', ...scopesOf(clientId)].join(' '),
    accessTokenFormat: 'jwt',
    accessTokenTTL: lastsSeconds,
    jwt: { sign: { alg: 'ES256' } },
  };
}
