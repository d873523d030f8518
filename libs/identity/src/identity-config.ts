import { createHash, createPrivateKey, type JsonWebKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { STEP_UP } from './bearer.js';

/** Loopback addresses: what is sent there does not leave the machine. */
const loopback = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** Whether an address is of this machine alone. */
export const isLoopback = (host: string): boolean => loopback.test(host);

const issuer = z.url().refine((url) => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname);
}, 'has to begin with https://: tokens and keys would travel in the open');

/** As it may stand in a header between quotation marks (RFC 9470). */
const context = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]*$/, 'is one authentication context, without spaces or quotation marks');

/** A private key as a JSON Web Key, for ES256. */
const privateKey = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), kid: z.string(), x: z.string(), y: z.string(), d: z.string() });
export type PrivateKey = z.infer<typeof privateKey>;

/** What a process is told about who may act and who it is itself. */
export const identityEnvironment = {
  OIDC_ISSUER: issuer,
  /** Whom tokens for our services name as their audience. */
  API_AUDIENCE: z.string().min(1).default('api://caseward'),
  /** Entra ID gives access tokens the type `JWT`, takes no `resource`, and wants the audience in the scope. */
  OIDC_FLAVOUR: z.enum(['standard', 'entra']).default('standard'),
  /** The authentication context that every person has to have met at sign-in, as `c2`; empty: how they prove who they are is left to the provider. */
  SIGN_IN_CONTEXT: context.default('').refine((name) => name !== STEP_UP, `${STEP_UP} says that somebody has just shown again that it is them: signing in needs one of its own`),
  CLIENT_ID: z.string().min(1),
  CLIENT_KEY_FILE: z.string().transform(readPrivateKey),
};

const identityConfig = z.object(identityEnvironment);
export type IdentityConfig = Readonly<z.infer<typeof identityConfig>>;

function readPrivateKey(file: string, context: z.RefinementCtx): PrivateKey {
  try {
    const text = readFileSync(file, 'utf8');
    const parsed = privateKey.safeParse(text.startsWith('-----BEGIN') ? fromPem(text) : JSON.parse(text));
    if (parsed.success) return parsed.data;
    context.addIssue(`${file} does not hold a private key for ES256, as PEM or as a JSON Web Key with a kid`);
  } catch (error) {
    context.addIssue(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'not JSON'})`);
  }
  return z.NEVER;
}

/** The key's id is its thumbprint (RFC 7638). */
function fromPem(text: string): JsonWebKey & { kid: string } {
  const key = createPrivateKey(text).export({ format: 'jwk' });
  const { crv, kty, x, y } = key;
  return { ...key, kid: createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url') };
}
