import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderPlan } from '../../../tools/provider/plan.ts';
import { providerServer } from '../../../tools/provider/server.ts';

// Jest's copies are made of another realm's objects, which the provider does not take for plain ones.
globalThis.structuredClone = ((value: unknown) => JSON.parse(JSON.stringify(value)) as unknown) as typeof structuredClone;

const jwk = (kid: string) => ({ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid });

/** The provider of `npm start`, in this process, for one site. */
export class AProvider {
  /** The site's private key. */
  readonly key = jwk('staff-site');
  /** Lets nobody in any more who is signed in. */
  isRefusing = false;
  isAway = false;

  private constructor(
    private server: Server,
    readonly issuer: string,
  ) {}

  static async start(siteUrl: string, flavour: ProviderPlan['flavour'] = 'standard'): Promise<AProvider> {
    const held = providerServer(planFor('http://127.0.0.1:1', { url: siteUrl, key: jwk('x'), flavour }));
    await new Promise<void>((listening) => held.listen(0, '127.0.0.1', listening));
    const { port } = held.address() as AddressInfo;
    await new Promise((closed) => held.close(closed));
    const provider = new AProvider(held, `http://127.0.0.1:${port}`);
    provider.server = providerServer(planFor(provider.issuer, { url: siteUrl, key: provider.key, flavour }));
    const [answer] = provider.server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
    provider.server.removeAllListeners('request').on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (provider.isAway) return void request.socket.destroy();
      if (provider.isRefusing && request.url === '/token') return void response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
      return answer!(request, response);
    });
    await new Promise<void>((listening) => provider.server.listen(port, '127.0.0.1', listening));
    return provider;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

function planFor(issuer: string, { url, key, flavour }: { url: string; key: ReturnType<typeof jwk>; flavour: ProviderPlan['flavour'] }): ProviderPlan {
  const { d: _d, ...publicKey } = key;
  return {
    issuer, audience: 'api://caseward', flavour, signingKey: jwk('signing') as ProviderPlan['signingKey'], cookieSecret: 'a secret of tests', listening: [],
    clients: [{ id: 'staff-site', kind: 'site', url, publicKey: publicKey as ProviderPlan['signingKey'] }],
  };
}
