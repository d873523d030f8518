import { type CryptoKey, importJWK } from 'jose';
import { allowInsecureRequests, Configuration, genericGrantRequest, PrivateKeyJwt } from 'openid-client';
import { Discovery } from './discovery.js';
import type { IdentityConfig, PrivateKey } from './identity-config.js';
import { ProviderAway } from './token-refused.js';

/** So long before its end a token is replaced, so that it does not end on its way. */
const spareMs = 30_000;

/** How one program of ours proves to the provider who it is. */
export interface OwnClient {
  issuer: string;
  clientId: string;
  key: PrivateKey;
}

/** The private key of a program as the provider's client takes it. */
export async function clientKey(key: PrivateKey): Promise<{ key: CryptoKey; kid: string }> {
  return { key: (await importJWK(key, 'ES256')) as CryptoKey, kid: key.kid };
}

/** A provider as `openid-client` knows it, for one program of ours with its key. */
export async function configurationOf(client: OwnClient, document: ConstructorParameters<typeof Configuration>[0]): Promise<Configuration> {
  const configuration = new Configuration(document, client.clientId, {}, PrivateKeyJwt(await clientKey(client.key)));
  if (client.issuer.startsWith('http:')) allowInsecureRequests(configuration);
  return configuration;
}

/** The token with which a process asks other services in its own name: got when first needed, kept until shortly before it ends. */
export class OwnToken {
  private kept: { token: string; until: number } | undefined;
  private asking: Promise<string> | undefined;
  private readonly discovery: Discovery;

  constructor(
    private readonly client: OwnClient,
    private readonly wanted: Record<string, string>,
    private readonly grant = 'client_credentials',
  ) {
    this.discovery = new Discovery(client.issuer);
  }

  /** A process's own token for what it may do between services. */
  static for(config: IdentityConfig, scope: string): OwnToken {
    const client = { issuer: config.OIDC_ISSUER, clientId: config.CLIENT_ID, key: config.CLIENT_KEY_FILE };
    return new OwnToken(client, wantedFrom(config, scope));
  }

  /** Throws `ProviderAway` where there is none to be had just now. */
  async get(): Promise<string> {
    if (this.kept && performance.now() < this.kept.until) return this.kept.token;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** The headers that say who asks. */
  async headers(): Promise<{ authorization: string }> {
    return { authorization: `Bearer ${await this.get()}` };
  }

  private async ask(): Promise<string> {
    const configuration = await configurationOf(this.client, await this.discovery.find());
    try {
      const { access_token, expires_in = 60 } = await genericGrantRequest(configuration, this.grant, this.wanted);
      this.kept = { token: access_token, until: performance.now() + Math.max(0, expires_in * 1_000 - spareMs) };
      return access_token;
    } catch (error) {
      throw new ProviderAway({ cause: error });
    }
  }
}

/** How a provider is asked for a token for our services. */
export function wantedFrom({ OIDC_FLAVOUR, API_AUDIENCE }: Pick<IdentityConfig, 'OIDC_FLAVOUR' | 'API_AUDIENCE'>, scope: string): Record<string, string> {
  return OIDC_FLAVOUR === 'entra' ? { scope: `${API_AUDIENCE}/.default` } : { scope, resource: API_AUDIENCE };
}
