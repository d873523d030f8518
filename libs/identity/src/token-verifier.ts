import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Bearer, bearerOf } from './bearer.js';
import type { IdentityConfig } from './identity-config.js';
import { type Discovered, Discovery } from './discovery.js';
import { JudgedTokens } from './judged-tokens.js';
import { ProviderAway, type TokenFault, TokenRefused } from './token-refused.js';

/** Signatures that a provider can make and nobody else: never a shared secret, never none. */
const algorithms = ['ES256', 'PS256', 'RS256'];
const mostDriftSeconds = 5;
const freshMs = 600_000;

export interface Expected {
  issuer: string;
  audience: string;
  /** The type in a token's header. */
  type: 'at+jwt' | 'JWT';
  /** The authentication context that people have to have met at sign-in. */
  context?: string;
}

/** Judges the access tokens that requests come with. */
export class TokenVerifier {
  private readonly judged = new JudgedTokens();

  private constructor(
    private readonly expected: Expected,
    private readonly keys: () => Promise<JWTVerifyGetKey>,
  ) {}

  /** As a process is told. */
  static for({ OIDC_ISSUER: issuer, API_AUDIENCE: audience, OIDC_FLAVOUR, SIGN_IN_CONTEXT: context }: Omit<IdentityConfig, 'CLIENT_KEY_FILE' | 'CLIENT_ID'>): TokenVerifier {
    return TokenVerifier.at(issuer, { audience, type: OIDC_FLAVOUR === 'entra' ? 'JWT' : 'at+jwt', context });
  }

  /** With the keys that the issuer publishes: asked for with the first token, and again when one is signed with a new key. */
  static at(issuer: string, expected: Omit<Expected, 'issuer'> = { audience: 'api://caseward', type: 'at+jwt' }): TokenVerifier {
    const discovery = new Discovery(issuer);
    const keysAt = remembered(({ jwks_uri }: Discovered) => freshKeys(new URL(jwks_uri)));
    return new TokenVerifier({ issuer, ...expected }, async () => keysAt(await discovery.find()));
  }

  /** Who stands behind an `Authorization` header. Throws `TokenRefused`, or `ProviderAway` where that cannot be told. */
  async verify(authorization: string | undefined): Promise<Bearer> {
    const token = tokenIn(authorization);
    return this.judged.find(token) ?? this.judge(token);
  }

  private async judge(token: string): Promise<Bearer> {
    const { issuer, audience, type, context } = this.expected;
    const keys = await this.keys();
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: type, algorithms, clockTolerance: mostDriftSeconds, requiredClaims: ['exp', 'iat', 'sub'] });
      // Entra ID gives tokens of identity the same type.
      if (payload['nonce'] !== undefined || payload['at_hash'] !== undefined) throw new TokenRefused('type', 'This is an ID token: it says who signed in, and is no key to anything.');
      const bearer = bearerOf(payload);
      if (context && bearer.kind === 'person' && !bearer.stepUps.includes(context)) throw new TokenRefused('context', `Whoever works here has to have met the authentication context ${context} when they signed in. Sign in again.`, context);
      return this.judged.keep(token, { bearer, expiresAt: payload.exp! * 1_000 });
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

/** The keys at an address, looked at again every ten minutes without anybody waiting: while it does not answer, those that were there hold. */
function freshKeys(url: URL): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, { timeoutDuration: 2_000, cooldownDuration: 10_000, cacheMaxAge: Infinity });
  let lookedAt = performance.now();
  return (header, token) => {
    if (performance.now() - lookedAt > freshMs) {
      lookedAt = performance.now();
      void keys.reload().catch(() => undefined);
    }
    return keys(header, token);
  };
}

function tokenIn(authorization: string | undefined): string {
  if (authorization === undefined) throw new TokenRefused('missing', 'Say who acts: send an access token as Authorization: Bearer.');
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1];
  if (!token) throw new TokenRefused('unreadable', 'Authorization is not Bearer with a signed token.');
  return token;
}

const claimFaults: Record<string, [TokenFault, string]> = {
  iss: ['issuer', 'The token is from another issuer.'],
  aud: ['audience', 'The token is for another audience.'],
  typ: ['type', 'This is not an access token.'],
  nbf: ['early', 'The token is not valid yet.'],
};

function refusalOf(error: unknown): Error {
  if (error instanceof TokenRefused) return error;
  if (error instanceof errors.JWTExpired) return new TokenRefused('expired', 'The token has expired. Get a new one.');
  if (error instanceof errors.JOSEAlgNotAllowed) return new TokenRefused('algorithm', `The token is not signed in a way that is taken here (${algorithms.join(', ')}).`);
  if (error instanceof errors.JWKSNoMatchingKey) return new TokenRefused('key', 'The token is signed with a key that the issuer does not have.');
  if (error instanceof errors.JWSSignatureVerificationFailed) return new TokenRefused('signature', 'The token is not signed by its issuer.');
  if (error instanceof errors.JWTClaimValidationFailed) return new TokenRefused(...(claimFaults[error.claim] ?? (['claims', 'The token lacks what it has to say.'] as const)));
  if (error instanceof errors.JWKSTimeout || error instanceof TypeError || (error as { code?: string }).code === 'ERR_JOSE_GENERIC') return new ProviderAway({ cause: error });
  if (error instanceof errors.JOSEError) return new TokenRefused('unreadable', 'The token cannot be read.');
  return error as Error;
}

/** The same answer for the same question, until another is asked. */
function remembered<Question extends object, Answer>(work: (question: Question) => Answer): (question: Question) => Answer {
  let last: { question: Question; answer: Answer } | undefined;
  return (question) => (last?.question === question ? last : (last = { question, answer: work(question) })).answer;
}
