import { createHmac } from 'node:crypto';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { TestIssuer, testAudience } from '#libs/testing';
import { TokenVerifier } from './token-verifier.js';

let issuer: TestIssuer;
let verifier: TokenVerifier;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  verifier = TokenVerifier.at(issuer.url);
});
afterAll(() => issuer.close());

const judged = (token: string, by = verifier): Promise<unknown> =>
  by.verify(`Bearer ${token}`).catch((error: unknown) => (error as { code?: string }).code ?? (error as Error).name);
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** ASVS 5.0 V9: self-contained tokens. */
describe('an access token', () => {
  it('says who acts, in which roles, through which program', async () => {
    expect(await judged(await issuer.person('staff-triage-1', { claims: { acrs: ['c1'] } }))).toMatchObject({
      kind: 'person', roles: ['triage_officer'], clientId: 'staff-site', scopes: ['openid', 'casework'], stepUps: ['c1'],
      account: { tid: expect.any(String), oid: expect.any(String) },
    });
    expect(await judged(await issuer.client('partner-police'))).toMatchObject({ kind: 'client', clientId: 'partner-police', roles: ['partner'], scopes: ['concern.raise', 'concern.add_file', 'concern.read', 'concern.follow', 'concern.tell_more', 'concern.hear', 'partner'] });
  });

  it('says what they are called last, where the provider tells', async () => {
    const called = async (family_name: unknown) => ((await judged(await issuer.person('staff-triage-1', { claims: { family_name } }))) as { surname?: string }).surname;
    expect([await called('Inventarsson'), await called(undefined), await called(['x'])]).toEqual(['Inventarsson', undefined, undefined]);
  });

  it('says where they live, where the provider tells', async () => {
    const living = async (address: unknown) => ((await judged(await issuer.person('staff-triage-1', { claims: { address } }))) as { postcode?: string }).postcode;
    expect([await living({ postal_code: 'NN9 9ZZ', locality: 'Inventon' }), await living({}), await living({ postal_code: 9 }), await living('NN9 9ZZ'), await living(undefined)]).toEqual(['NN9 9ZZ', undefined, undefined, undefined, undefined]);
  });

  it('ASVS 5.0 V9.1.1, check 27: is asked for where there is none, or something else in its place', async () => {
    const refused = (header: string | undefined) => verifier.verify(header).catch((error: { code: string }) => error.code);
    expect(await refused(undefined)).toBe('token/missing');
    for (const header of ['', 'Bearer', 'Bearer a.b', 'Basic YTpi', `Bearer ${'x'.repeat(20)}`, 'Bearer a.b.c d', `Bearer ${await issuer.person('staff-triage-1')},Bearer x.y.z`]) {
      expect([header.slice(0, 20), await refused(header)]).toEqual([header.slice(0, 20), 'token/unreadable']);
    }
  });

  it('ASVS 5.0 V9.1.2, check 27: is refused unsigned, and signed with what is published for all to see', async () => {
    const claims = { iss: issuer.url, aud: testAudience, sub: 'x', tid: 't', oid: 'o', scope: 'casework' };
    expect(await judged(new UnsecuredJWT(claims).setIssuedAt().setExpirationTime('1h').encode())).toBe('token/algorithm');
    const now = Math.floor(Date.now() / 1_000);
    const unsigned = `${encoded({ alg: 'HS256', kid: 'test', typ: 'at+jwt' })}.${encoded({ ...claims, iat: now, exp: now + 600 })}`;
    const secret = JSON.stringify(issuer.publicKey);
    expect(await judged(`${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`)).toBe('token/algorithm');
  });

  it('ASVS 5.0 V9.1.1, check 27: is refused with another signature, or changed after it was signed', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    expect(await judged(await issuer.person('staff-triage-1', { key: privateKey }))).toBe('token/signature');
    const [header, payload, signature] = (await issuer.person('staff-triage-1')).split('.');
    const raised = { ...(JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object), roles: ['administrator'] };
    expect(await judged(`${header}.${encoded(raised)}.${signature}`)).toBe('token/signature');
  });

  it.each(['../../../etc/passwd', 'test\u0000', "' or 1=1 --", 'http://127.0.0.1/jwks'])('ASVS 5.0 V9.1.3, check 27: is refused with the key id %s, which is looked up and never followed', async (kid) => {
    expect(await judged(await issuer.person('staff-triage-1', { header: { kid } }))).toBe('token/key');
  });

  it.each([
    ['for another audience', 'audience', { aud: 'api://elsewhere' }],
    ['from another issuer', 'issuer', { iss: 'https://elsewhere.example' }],
    ['that has expired', 'expired', { exp: Math.floor(Date.now() / 1_000) - 60 }],
    ['that never expires', 'claims', { exp: undefined }],
    ['that is not valid yet', 'early', { nbf: Math.floor(Date.now() / 1_000) + 600 }],
    ['that names no account', 'claims', { oid: undefined }],
    ['that is for something else', 'scope', { scope: 'openid profile' }],
    ['that is meant for a page, since it holds a nonce', 'type', { nonce: 'n' }],
  ])('ASVS 5.0 V9.2.1, V9.2.3, check 27: is refused %s', async (_words, fault, claims) => {
    expect(await judged(await issuer.person('staff-triage-1', { claims }))).toBe(`token/${fault}`);
  });

  it('ASVS 5.0 V9.2.2, check 27: is refused where it is an ID token, or one that signs in a program', async () => {
    for (const typ of ['JWT', 'dpop+jwt', 'application/json']) expect(await judged(await issuer.person('staff-triage-1', { header: { typ } }))).toBe('token/type');
    const asEntra = TokenVerifier.at(issuer.url, { audience: testAudience, type: 'JWT' });
    const idToken = await issuer.person('staff-triage-1', { header: { typ: 'JWT' }, claims: { aud: 'staff-site', nonce: 'n' } });
    expect(await judged(idToken, asEntra)).toBe('token/audience');
  });

  it('is taken as Entra ID makes it, where that is the provider', async () => {
    const asEntra = TokenVerifier.at(issuer.url, { audience: testAudience, type: 'JWT' });
    const claims = { ver: '2.0', azp: 'a-client', scp: 'casework', scope: undefined, client_id: undefined, acrs: ['c1'] };
    expect(await judged(await issuer.person('staff-manager-1', { header: { typ: 'JWT' }, claims }), asEntra)).toMatchObject({ kind: 'person', clientId: 'a-client', scopes: ['casework'], roles: ['manager'] });
    const program = { idtyp: 'app', azp: 'a-system', roles: ['partner', 'concern.raise'], scope: undefined, client_id: undefined };
    expect(await judged(await issuer.client('a-system', { header: { typ: 'JWT' }, claims: program }), asEntra)).toMatchObject({ kind: 'client', scopes: ['partner', 'concern.raise'] });
  });
});

describe('ASVS 5.0 V6.8.4: where people have to meet an authentication context', () => {
  it('a token that says so is taken, as the standard or Entra ID says it, and no other', async () => {
    const asking = TokenVerifier.at(issuer.url, { audience: testAudience, type: 'at+jwt', context: 'c2' });
    const of = async (claims: object) => judged(await issuer.person('staff-triage-1', { claims: { ...claims } }), asking);
    for (const claims of [{ acrs: ['c1', 'c2'] }, { acrs: 'c2' }, { acr: 'c2' }]) expect(await of(claims)).toMatchObject({ kind: 'person', stepUps: expect.arrayContaining(['c2']) });
    for (const claims of [{}, { acrs: ['c1'] }, { acr: 'c1' }, { acr: 'c22', acrs: ['c'] }, { acr: 2 }]) expect([claims, await of(claims)]).toEqual([claims, 'token/context']);
  });

  it('programs meet none, and are taken as they are', async () => {
    const asking = TokenVerifier.at(issuer.url, { audience: testAudience, type: 'at+jwt', context: 'c2' });
    expect(await judged(await issuer.client('partner-police'), asking)).toMatchObject({ kind: 'client' });
  });

  it('somebody proved who they are when they signed in, or else when the token was made', async () => {
    const at = Math.floor(Date.now() / 1_000) - 600;
    expect(await judged(await issuer.person('staff-triage-1', { claims: { auth_time: at } }))).toMatchObject({ provedAt: at * 1_000 });
    expect(await judged(await issuer.person('staff-triage-1', { claims: { iat: at + 60 } }))).toMatchObject({ provedAt: (at + 60) * 1_000 });
  });
});

describe('while the provider is away', () => {
  it('nothing is said of a token, so that whoever sent it tries again', async () => {
    expect(await judged(await issuer.person('staff-triage-1'), TokenVerifier.at('http://127.0.0.1:9'))).toBe('ProviderAway');
  });

  it('tokens are taken that are signed with keys already known', async () => {
    const short = await TestIssuer.start();
    const known = TokenVerifier.at(short.url);
    expect(await judged(await short.person('staff-triage-1'), known)).toMatchObject({ kind: 'person' });
    short.close();
    expect(await judged(await short.person('staff-manager-1'), known)).toMatchObject({ roles: ['manager'] });
  });
});
