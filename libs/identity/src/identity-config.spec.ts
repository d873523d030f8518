import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { identityEnvironment } from './identity-config.js';

const folder = mkdtempSync(join(tmpdir(), 'caseward-identity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const jwk = file('key.jwk', JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'mine' }));
const told = (more: Record<string, string> = {}) => z.object(identityEnvironment).safeParse({ OIDC_ISSUER: 'https://login.example/tenant/v2.0', CLIENT_ID: 'triage', CLIENT_KEY_FILE: jwk, ...more });
const wrong = (more: Record<string, string>) => told(more).error?.issues.map(({ path }) => path.join('.'));

describe('what a process is told of who may act', () => {
  it('names the provider, and holds the key with which the process proves who it is', () => {
    expect(told().data).toMatchObject({ API_AUDIENCE: 'api://caseward', OIDC_FLAVOUR: 'standard', CLIENT_KEY_FILE: { kty: 'EC', kid: 'mine', d: expect.any(String) } });
  });

  it('may hold the key as PEM, whose id follows from it', () => {
    const pem = file('key.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
    expect(told({ CLIENT_KEY_FILE: pem }).data?.CLIENT_KEY_FILE).toMatchObject({ crv: 'P-256', kid: expect.stringMatching(/^[\w-]{43}$/) });
  });

  it('may name the authentication context that people have to meet, but not the one that is for something grave', () => {
    expect([told().data?.SIGN_IN_CONTEXT, told({ SIGN_IN_CONTEXT: 'c2' }).data?.SIGN_IN_CONTEXT, told({ SIGN_IN_CONTEXT: 'https://refeds.org/profile/mfa' }).success]).toEqual(['', 'c2', true]);
    for (const SIGN_IN_CONTEXT of ['c1', 'c2 c3', 'c"2']) expect(wrong({ SIGN_IN_CONTEXT })).toEqual(['SIGN_IN_CONTEXT']);
  });

  it('is refused with a provider that is asked in the open, but on this machine', () => {
    expect(wrong({ OIDC_ISSUER: 'http://login.example' })).toEqual(['OIDC_ISSUER']);
    expect(wrong({ OIDC_ISSUER: 'http://127.0.0.1.evil.example' })).toEqual(['OIDC_ISSUER']);
    expect(told({ OIDC_ISSUER: 'http://127.0.0.1:4000' }).success).toBe(true);
  });

  it('is refused without a key, with half of one, or with one of another kind', () => {
    const { d: _d, ...half } = JSON.parse(JSON.stringify(privateKey.export({ format: 'jwk' }))) as Record<string, string>;
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    for (const CLIENT_KEY_FILE of ['/nowhere', file('half', JSON.stringify({ ...half, kid: 'x' })), file('rsa', rsa), file('text', 'key')]) expect(wrong({ CLIENT_KEY_FILE })).toEqual(['CLIENT_KEY_FILE']);
  });
});
