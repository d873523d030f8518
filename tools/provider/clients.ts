import type { ClientMetadata } from 'oidc-provider';
import { scopesOf } from './people.ts';
import type { PlannedClient } from './plan.ts';

/** The grant by which the operator of a home acts as one of its invented people; real providers have nothing like it. */
export const asPersonGrant = 'urn:caseward:grant:invented-person';

/** A program as the provider keeps it: each proves with a key of its own who it is. */
export function metadataOf({ id, kind, publicKey, url }: PlannedClient): ClientMetadata {
  return {
    client_id: id,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [publicKey as Record<string, unknown> & { kty: string }] },
    id_token_signed_response_alg: 'ES256',
    ...(kind === 'site' ? ofSite(url!) : { redirect_uris: [], response_types: [], grant_types: ['client_credentials'], scope: scopeOf(kind, id) }),
    ...(kind === 'operator' ? { grant_types: ['client_credentials', asPersonGrant] } : {}),
  };
}

function ofSite(url: string): Partial<ClientMetadata> {
  return {
    redirect_uris: [`${url}/signed-in`],
    post_logout_redirect_uris: [`${url}/signed-out`],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    scope: 'openid casework',
  };
}

function scopeOf(kind: PlannedClient['kind'], id: string): string {
  if (kind === 'service') return 'internal';
  return [...scopesOf(id), ...(kind === 'operator' ? ['internal', 'casework'] : [])].join(' ');
}
