import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { PrivateKey } from './identity-config.js';
import { OwnToken, wantedFrom } from './own-token.js';

const key = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid: 'mine' } as PrivateKey;
const asked: URLSearchParams[] = [];
let server: Server;
let issuer: string;
let lastsSeconds = 300;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url !== '/token') return void response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: `${issuer}/token` }));
    let body = '';
    for await (const bytes of request) body += String(bytes);
    asked.push(new URLSearchParams(body));
    return void response.end(JSON.stringify({ access_token: `token-${asked.length}`, token_type: 'Bearer', expires_in: lastsSeconds }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => (asked.length = 0));

const ofTriage = () => new OwnToken({ issuer, clientId: 'triage', key }, wantedFrom({ OIDC_FLAVOUR: 'standard', API_AUDIENCE: 'api://caseward' }, 'internal'));

describe('a service’s own token', () => {
  it('is got once for all who need it at once, and kept', async () => {
    const own = ofTriage();
    expect(await Promise.all([own.get(), own.get(), own.headers()])).toEqual(['token-1', 'token-1', { authorization: 'Bearer token-1' }]);
    expect(await own.get()).toBe('token-1');
  });

  it('is asked for with a proof that is signed with its own key, for this provider alone', async () => {
    await ofTriage().get();
    expect(Object.fromEntries(asked[0]!)).toMatchObject({ grant_type: 'client_credentials', scope: 'internal', resource: 'api://caseward' });
    const proof = asked[0]!.get('client_assertion')!;
    expect(decodeProtectedHeader(proof)).toMatchObject({ alg: 'ES256', kid: 'mine' });
    expect(decodeJwt(proof)).toMatchObject({ iss: 'triage', sub: 'triage', aud: issuer, jti: expect.any(String), exp: expect.any(Number) });
  });

  it('is replaced shortly before it ends', async () => {
    lastsSeconds = 20;
    const own = ofTriage();
    expect([await own.get(), await own.get()]).toEqual(['token-1', 'token-2']);
  });

  it('is not to be had while the provider is away, and is asked for again', async () => {
    const own = new OwnToken({ issuer: 'http://127.0.0.1:9', clientId: 'triage', key }, {});
    await expect(own.get()).rejects.toThrow('does not answer');
    await expect(own.get()).rejects.toThrow('does not answer');
  });
});
