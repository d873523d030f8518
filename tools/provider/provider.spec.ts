import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import * as client from 'openid-client';
import { configurationOf, OwnToken, type PrivateKey, TokenVerifier } from '#libs/identity';
import { inventedAccountOf } from '#libs/platform';
import { asPersonGrant } from './clients.ts';
import type { ProviderPlan } from './plan.ts';
import { providerServer } from './server.ts';

const site = 'http://127.0.0.1:3999';
const audience = 'api://caseward';
const aKey = (kid: string): PrivateKey => ({ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid }) as PrivateKey;
const publicPart = ({ d: _d, ...key }: PrivateKey): JWK => key;
const keys = Object.fromEntries(['staff-site', 'triage', 'operator', 'partner-police', 'signing'].map((name) => [name, aKey(name)])) as Record<string, PrivateKey>;

// Jest's copies are made of another realm's objects, which the provider does not take for plain ones.
globalThis.structuredClone = ((value: unknown) => JSON.parse(JSON.stringify(value)) as unknown) as typeof structuredClone;

const servers: Server[] = [];
async function start(flavour: ProviderPlan['flavour'] = 'standard', more: Partial<ProviderPlan> = {}): Promise<string> {
  const plan = (issuer: string): ProviderPlan => ({
    issuer, audience, flavour, signingKey: keys['signing']!, cookieSecret: 'a secret of tests', listening: [], ...more,
    clients: [
      { id: 'staff-site', kind: 'site', publicKey: publicPart(keys['staff-site']!), url: site },
      { id: 'triage', kind: 'service', publicKey: publicPart(keys['triage']!) },
      { id: 'operator', kind: 'operator', publicKey: publicPart(keys['operator']!) },
      { id: 'partner-police', kind: 'system', publicKey: publicPart(keys['partner-police']!) },
    ],
  });
  // A port first, since the plan names it.
  const held = providerServer(plan('http://127.0.0.1:1'));
  await new Promise<void>((listening) => held.listen(0, '127.0.0.1', listening));
  const { port } = held.address() as AddressInfo;
  await new Promise((closed) => held.close(closed));
  const server = providerServer(plan(`http://127.0.0.1:${port}`));
  servers.push(server);
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return `http://127.0.0.1:${port}`;
}

let issuer: string;
beforeAll(async () => void (issuer = await start()));
afterAll(() => servers.forEach((server) => (server.close(), server.closeAllConnections())));

const known = async (id: string, at = issuer) =>
  configurationOf({ issuer: at, clientId: id, key: keys[id]! }, (await (await fetch(`${at}/.well-known/openid-configuration`)).json()) as client.ServerMetadata);

/** A browser, as far as it keeps cookies and goes where it is sent. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async open(url: string, init: RequestInit = {}): Promise<{ url: string; status: number; text: string }> {
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (next === null) return { url, status: answer.status, text: await answer.text() };
    const to = new URL(next, url).href;
    return to.startsWith(site) ? { url: to, status: answer.status, text: '' } : this.open(to);
  }

  choose(url: string, person: string): ReturnType<Browser['open']> {
    return this.open(url, { method: 'POST', body: new URLSearchParams({ other: person }), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  }
}

async function signIn(person: string, more: Record<string, string> = {}, at = issuer, browser = new Browser()) {
  const configuration = await known('staff-site', at);
  const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
  const challenge = { code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' };
  const asked = client.buildAuthorizationUrl(configuration, { redirect_uri: `${site}/signed-in`, scope: 'openid casework', resource: audience, state, nonce, ...challenge, ...more });
  const page = await browser.open(asked.href);
  const end = page.url.startsWith(site) ? page : await browser.choose(page.url, person);
  const tokens = () => client.authorizationCodeGrant(configuration, new URL(end.url), { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }, { resource: audience });
  return { page, end, tokens, configuration, browser };
}

describe('signing in for trying out', () => {
  it('says on its page that it is for trying out, and offers one of each role in each council', async () => {
    const { page } = await signIn('staff-triage-1');
    for (const text of ['This page is for trying out', 'nobody real signs in here', 'value="staff-triage-1"', 'value="staff-authoriser-north-1"', 'value="staff-board-1"']) expect(page.text).toContain(text);
    expect(page.text).not.toMatch(/<script| style=/);
  });

  it('gives an access token for our services as Entra ID names things, which they take', async () => {
    const tokens = await (await signIn('staff-triage-1')).tokens();
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt', kid: 'signing' });
    const account = inventedAccountOf('staff-triage-1');
    expect(decodeJwt(tokens.access_token)).toMatchObject({ iss: issuer, aud: audience, ...account, roles: ['triage_officer'], client_id: 'staff-site', scope: 'casework' });
    expect(decodeJwt(tokens.id_token!)).toMatchObject({ aud: 'staff-site', sub: 'staff-triage-1', ...account, name: 'West triage officer 1 (invented)' });
    const verifier = TokenVerifier.at(issuer);
    expect(await verifier.verify(`Bearer ${tokens.access_token}`)).toMatchObject({ kind: 'person', account });
    await expect(verifier.verify(`Bearer ${tokens.id_token}`)).rejects.toMatchObject({ code: expect.stringMatching(/^token\//) });
  });

  it('can be refreshed, for as long as the person is let in', async () => {
    const { tokens, configuration } = await signIn('staff-manager-1');
    const fresh = await client.refreshTokenGrant(configuration, (await tokens()).refresh_token!, { resource: audience });
    expect(decodeJwt(fresh.access_token)).toMatchObject({ roles: ['manager'], scope: 'casework' });
  });

  it('asks again who it is before something grave, and says so in the token', async () => {
    const browser = new Browser();
    expect(decodeJwt((await (await signIn('staff-manager-1', {}, issuer, browser)).tokens()).access_token)['acrs']).toBeUndefined();
    const again = await signIn('staff-manager-1', { acr_values: 'c1', prompt: 'login' }, issuer, browser);
    expect(again.page.text).toContain('Show again that it is you');
    const { access_token: token, refresh_token: refresh } = await again.tokens();
    expect(decodeJwt(token)).toMatchObject({ acr: 'c1', acrs: ['c1'] });
    expect(decodeJwt((await client.refreshTokenGrant(again.configuration, refresh!, { resource: audience })).access_token)['acrs']).toBeUndefined();
  });

  it('says which contexts were met, and goes on saying so but for the one that is for something grave', async () => {
    const browser = new Browser();
    const tokens = await (await signIn('staff-manager-1', { acr_values: 'c2', prompt: 'login' }, issuer, browser)).tokens();
    expect(decodeJwt(tokens.access_token)).toMatchObject({ acr: 'c2', acrs: ['c2'], auth_time: expect.any(Number) });
    const again = await signIn('staff-manager-1', { acr_values: 'c1 c2', prompt: 'login' }, issuer, browser);
    const more = await again.tokens();
    expect(decodeJwt(more.access_token)).toMatchObject({ acr: 'c1', acrs: ['c1', 'c2'] });
    const { access_token } = await client.refreshTokenGrant(again.configuration, more.refresh_token!, { resource: audience });
    expect(decodeJwt(access_token)).toMatchObject({ acr: 'c2', acrs: ['c2'], auth_time: decodeJwt(more.access_token)['auth_time'] });
  });

  it('takes nobody who is not one of the invented people', async () => {
    const { end } = await signIn('root');
    expect([end.status, end.text.includes('Choose one of these people')]).toEqual([400, true]);
  });

  it('gives a code once, and none without PKCE', async () => {
    const { tokens } = await signIn('staff-triage-1');
    await tokens();
    await expect(tokens()).rejects.toThrow('error in the response body');
    const plain = client.buildAuthorizationUrl(await known('staff-site'), { redirect_uri: `${site}/signed-in`, scope: 'openid', state: 's' });
    expect((await new Browser().open(plain.href)).url).toContain('error=invalid_request');
  });

  it('sends nobody anywhere but to the site that asked', async () => {
    const elsewhere = client.buildAuthorizationUrl(await known('staff-site'), { redirect_uri: 'https://evil.example/', scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' });
    expect(await new Browser().open(elsewhere.href)).toMatchObject({ status: 400, text: expect.stringContaining('That did not work') });
  });
});

describe('a program', () => {
  const own = (id: string, scope: string, key = keys[id]!) => new OwnToken({ issuer, clientId: id, key }, { scope, resource: audience });

  it('gets a token of five minutes for what it may, as itself', async () => {
    const claims = decodeJwt(await own('partner-police', 'concern.raise').get());
    expect(claims).toMatchObject({ aud: audience, idtyp: 'app', scope: 'concern.raise', roles: ['partner'], ...inventedAccountOf('partner-police') });
    expect(claims.exp! - claims.iat!).toBe(300);
    expect(await TokenVerifier.at(issuer).verify(`Bearer ${await own('triage', 'internal').get()}`)).toMatchObject({ kind: 'client', scopes: ['internal'], roles: [] });
  });

  it('gets none for more than it may, nor with another’s key', async () => {
    await expect(own('partner-police', 'concern.triage').get()).rejects.toThrow('does not answer');
    await expect(own('partner-police', 'internal').get()).rejects.toThrow('does not answer');
    await expect(own('triage', 'internal', keys['partner-police']).get()).rejects.toThrow('does not answer');
  });

  it('proves who it is once: the same proof again is refused', async () => {
    let proof = '';
    const configuration = await known('triage');
    configuration[client.customFetch] = (url, init) => ((proof = String(init.body)), fetch(url, init as RequestInit));
    await client.clientCredentialsGrant(configuration, { scope: 'internal', resource: audience });
    const replayed = await fetch(`${issuer}/token`, { method: 'POST', body: proof, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(replayed.status).toBe(401);
  });

  it('that is the operator’s gets the tokens of invented people, and no other program does', async () => {
    const asPerson = async (id: string, person: string) => client.genericGrantRequest(await known(id), asPersonGrant, { person });
    const { access_token } = await asPerson('operator', 'staff-data-north-1');
    expect(await TokenVerifier.at(issuer).verify(`Bearer ${access_token}`)).toMatchObject({ kind: 'person', clientId: 'operator', roles: ['data_manager'], account: inventedAccountOf('staff-data-north-1') });
    const asking = await start('standard', { signInContext: 'c2' });
    const asked = await client.genericGrantRequest(await known('operator', asking), asPersonGrant, { person: 'staff-data-1' });
    expect([decodeJwt(access_token)['acrs'], decodeJwt(asked.access_token)['acrs']]).toEqual([undefined, ['c2']]);
    await expect(asPerson('operator', 'root')).rejects.toThrow('error in the response body');
    await expect(asPerson('triage', 'staff-data-1')).rejects.toThrow('error in the response body');
  });
});

describe('a provider that makes tokens as Entra ID does', () => {
  it('is understood by the same services, told so', async () => {
    const entra = await start('entra');
    const verifier = TokenVerifier.at(entra, { audience, type: 'JWT' });
    const tokens = await (await signIn('staff-authoriser-north-1', {}, entra)).tokens();
    expect(decodeJwt(tokens.access_token)).toMatchObject({ ver: '2.0', azp: 'staff-site', scp: 'casework' });
    expect(await verifier.verify(`Bearer ${tokens.access_token}`)).toMatchObject({ kind: 'person', roles: ['authoriser'], clientId: 'staff-site' });
    await expect(verifier.verify(`Bearer ${tokens.id_token}`)).rejects.toMatchObject({ code: expect.stringMatching(/^token\/(audience|type)$/) });
    const program = await new OwnToken({ issuer: entra, clientId: 'partner-police', key: keys['partner-police']! }, { scope: 'concern.raise', resource: audience }).get();
    expect(await verifier.verify(`Bearer ${program}`)).toMatchObject({ kind: 'client', roles: ['partner', 'concern.raise'], scopes: expect.arrayContaining(['concern.raise']) });
  });
});

describe('a provider that is asked as Entra ID is', () => {
  it('knows its scopes and its claims challenge, and says of the contexts all that were met', async () => {
    const entra = await start('entra');
    const browser = new Browser();
    const asked = (context: string) => ({ scope: `openid profile offline_access ${audience}/casework`, prompt: 'login', claims: JSON.stringify({ access_token: { acrs: { essential: true, value: context } } }) });
    const said = async (context: string) => decodeJwt((await (await signIn('staff-manager-1', asked(context), entra, browser)).tokens()).access_token);
    expect(await said('c2')).toMatchObject({ scp: 'casework', acrs: ['c2'] });
    expect(await said('c1')).toMatchObject({ acrs: ['c1', 'c2'] });
    expect((await said('c3'))['acrs']).toEqual(['c3', 'c2']);
  });
});
