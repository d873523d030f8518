import { decodeJwt } from 'jose';
import { z } from 'zod';
import { TokenRefused } from './token-refused.js';

/** What a person's token is for: to work with our services in their name. */
export const CASEWORK = 'casework';
/** What the token of a service or a command is for: the routes between services. */
export const INTERNAL = 'internal';

/** The authentication context (`acr`, `acrs`) of somebody who has just shown again that it is them. */
export const STEP_UP = 'c1';

/** Whoever stands behind a token. */
export interface Bearer {
  kind: 'person' | 'client';
  /** The provider's tenant, and its own id of the person or program there. */
  account: { tid: string; oid: string };
  /** The program that asked for the token. */
  clientId: string;
  roles: string[];
  /** What the token is for; a program may do nothing else. */
  scopes: string[];
  /** How they proved who they are: the authentication contexts that were met. */
  stepUps: string[];
  /** When they proved it, in milliseconds; where the provider does not say, when it made the token. */
  provedAt: number;
  /** What they are called last, where the provider tells. */
  surname?: string;
  /** Where they live, where the provider tells. */
  postcode?: string;
}

const words = z.string().transform((text) => text.split(' ').filter(Boolean)).default([]);

const claims = z.object({
  tid: z.string().min(1),
  oid: z.string().min(1),
  /** Entra ID's names for the program, and those of RFC 9068. */
  azp: z.string().optional(),
  client_id: z.string().optional(),
  idtyp: z.string().optional(),
  roles: z.array(z.string()).default([]),
  scp: words,
  scope: words,
  family_name: z.string().optional().catch(undefined),
  /** OpenID Connect Core 5.1.1. */
  address: z.object({ postal_code: z.string().optional() }).optional().catch(undefined),
  /** Entra ID says every context that was met, the standard (RFC 9068) one. */
  acrs: z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]),
  acr: z.string().optional().catch(undefined),
  auth_time: z.number().optional().catch(undefined),
  iat: z.number(),
});

/** What the claims of a verified access token say. Throws where they name nobody, or the token is for something else. */
export function bearerOf(payload: unknown): Bearer {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw new TokenRefused('claims', 'The token does not say whose it is (tid, oid).');
  const { tid, oid, azp, client_id, idtyp, roles, scp, scope, acrs, acr, family_name, address, auth_time, iat } = parsed.data;
  const postcode = address?.postal_code;
  const kind = idtyp === 'app' ? 'client' : 'person';
  const asked = [...new Set([...scp, ...scope])];
  if (kind === 'person' && !asked.includes(CASEWORK)) throw new TokenRefused('scope', `The token is not for working here: it lacks the scope ${CASEWORK}.`);
  // Entra ID gives a program its permissions as roles.
  const scopes = kind === 'client' ? [...new Set([...asked, ...roles])] : asked;
  return { kind, account: { tid, oid }, clientId: azp ?? client_id ?? '', roles, scopes, stepUps: [...new Set([...acrs, ...(acr ? [acr] : [])])], provedAt: (auth_time ?? iat) * 1_000, ...(family_name ? { surname: family_name } : {}), ...(postcode ? { postcode } : {}) };
}

/** Whether a token says when whoever stands behind it proved who they are; all that the others tell of it is when they were made. It is not verified: it is asked of what the provider itself gave. */
export function saysWhenProved(token: string): boolean {
  try {
    return typeof decodeJwt(token)['auth_time'] === 'number';
  } catch {
    return false;
  }
}
