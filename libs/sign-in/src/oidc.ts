import * as oidc from 'openid-client';
import { configurationOf, Discovery, type IdentityConfig, ProviderAway, STEP_UP, TokenRefused, TokenVerifier } from '#libs/identity';
import { type Begun, mostIdleMs, type Tokens } from './session.js';

const mostAgeSeconds = mostIdleMs / 1_000;

/** The provider ended it: whoever it was is let in no more. */
export class LetInNoMore extends Error {
  override readonly name = 'LetInNoMore';
}

/** What the provider answered is not the answer to what was asked. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}

/** They signed in, and did not prove who they are in the way that is asked for here. */
export class NotProven extends Error {
  override readonly name = 'NotProven';
}

/** Who signed in, as the provider says. */
export interface Answered {
  name: string;
  tokens: Tokens;
}

/** The authorization code flow with PKCE, at the provider that the settings name. */
export class Oidc {
  private readonly discovery: Discovery;
  private readonly verifier: TokenVerifier;

  constructor(
    private readonly config: IdentityConfig,
    private readonly siteUrl: string,
    private readonly now: () => number,
  ) {
    this.discovery = new Discovery(config.OIDC_ISSUER);
    this.verifier = TokenVerifier.for(config);
  }

  /** Where somebody is sent to sign in, and what their return is held against. `isAgain`: to show again that it is them, before something grave. */
  async begin(to: string, isAgain = false): Promise<{ url: string; begun: Begun }> {
    const begun = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), to };
    const url = oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: `${this.siteUrl}/signed-in`,
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      ...this.byThemselves,
      ...this.proving(isAgain),
      ...this.wanted('openid'),
    });
    return { url: url.href, begun };
  }

  /** Takes what the provider sent somebody back with. Throws `NotAnswered` where state, nonce, code or verifier are not those that were given, `NotProven` where the tokens say less of how they signed in than is asked for. */
  async finish(pathAndQuery: string, begun: Begun): Promise<Answered> {
    const checks = { pkceCodeVerifier: begun.verifier, expectedState: begun.state, expectedNonce: begun.nonce, idTokenExpected: true, ...(this.isEntra ? {} : { maxAge: mostAgeSeconds }) };
    const configuration = await this.configuration();
    const answer = await oidc.authorizationCodeGrant(configuration, new URL(pathAndQuery, this.siteUrl), checks, this.resource).catch((error: unknown) => {
      throw isAway(error) ? new ProviderAway({ cause: error }) : new NotAnswered('the provider’s answer was not taken', { cause: error });
    });
    return { name: String(answer.claims()?.['name'] ?? ''), tokens: await this.proven(this.tokensOf(answer)) };
  }

  /** New tokens for somebody who is still let in. Throws `LetInNoMore` where they are not, `ProviderAway` where nobody says. */
  async refresh(tokens: Tokens): Promise<Tokens> {
    if (!tokens.refresh) throw new LetInNoMore('there is nothing to refresh with');
    try {
      const kept = this.isEntra ? this.proving(false) : this.resource;
      return await this.proven(this.tokensOf(await oidc.refreshTokenGrant(await this.configuration(), tokens.refresh, kept), tokens));
    } catch (error) {
      if (error instanceof NotProven || (error instanceof oidc.ResponseBodyError && endings.has(error.error))) throw new LetInNoMore('the provider lets them in no more', { cause: error });
      throw error instanceof ProviderAway ? error : new ProviderAway({ cause: error });
    }
  }

  /** Where somebody signs out at the provider too. */
  async signOutUrl({ id }: Tokens): Promise<string> {
    const back = { id_token_hint: id, post_logout_redirect_uri: `${this.siteUrl}/signed-out` };
    return oidc.buildEndSessionUrl(await this.configuration(), back).href;
  }

  private async configuration(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER: issuer, CLIENT_ID: clientId, CLIENT_KEY_FILE: key } = this.config;
    return configurationOf({ issuer, clientId, key }, await this.discovery.find());
  }

  private wanted(scope: string): Record<string, string> {
    if (this.isEntra) return { scope: `${scope} profile offline_access ${this.config.API_AUDIENCE}/casework` };
    return { scope: `${scope} casework`, ...this.resource };
  }

  /** No session begins without somebody's doing, whoever signed in there before: the next at the desk is not let in as them. */
  private get byThemselves(): Record<string, string> {
    return { prompt: 'login', ...(this.isEntra ? {} : { max_age: String(mostAgeSeconds) }) };
  }

  /** The authentication contexts that they have to meet. Entra ID is asked for one, by a claims challenge, and says in `acrs` all that were met. */
  private proving(isAgain: boolean): Record<string, string> {
    const contexts = [...(isAgain ? [STEP_UP] : []), ...(this.config.SIGN_IN_CONTEXT ? [this.config.SIGN_IN_CONTEXT] : [])];
    if (contexts.length === 0) return {};
    return this.isEntra ? { claims: JSON.stringify({ access_token: { acrs: { essential: true, value: contexts[0] } } }) } : { acr_values: contexts.join(' ') };
  }

  /** Tokens that every service will take; each judges them by itself besides. */
  private async proven(tokens: Tokens): Promise<Tokens> {
    if (!this.config.SIGN_IN_CONTEXT) return tokens;
    await this.verifier.verify(`Bearer ${tokens.access}`).catch((error: unknown) => {
      if (error instanceof TokenRefused) throw new (error.code === 'token/context' ? NotProven : NotAnswered)(error.message, { cause: error });
      throw error;
    });
    return tokens;
  }

  private get isEntra(): boolean {
    return this.config.OIDC_FLAVOUR === 'entra';
  }

  private get resource(): Record<string, string> {
    return this.isEntra ? {} : { resource: this.config.API_AUDIENCE };
  }

  private tokensOf(answer: oidc.TokenEndpointResponse, before?: Tokens): Tokens {
    const gotAt = this.now();
    return {
      access: answer.access_token,
      refresh: answer.refresh_token ?? before?.refresh,
      id: answer.id_token ?? before?.id ?? '',
      gotAt,
      endAt: gotAt + (answer.expires_in ?? 60) * 1_000,
    };
  }
}

/** Whoever is told so has to sign in again. */
const endings: ReadonlySet<string> = new Set(['invalid_grant', 'interaction_required']);

const isAway = (error: unknown): boolean =>
  error instanceof TypeError || (error as { code?: string }).code === 'OAUTH_TIMEOUT' || ((error as { status?: number }).status ?? 0) >= 500;
