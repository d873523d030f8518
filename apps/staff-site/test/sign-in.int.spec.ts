import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { decodeJwt } from 'jose';
import { Client } from 'pg';
import { migrate } from '#libs/journal';
import { migrations } from '#libs/sign-in';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { createStaffSite } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { AProvider } from './a-provider.js';
import { Browser, type Seen } from './browser.js';

const siteUrl = 'http://127.0.0.1:3999';
const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'caseward-sign-in-'));
const services = jest.fn<typeof fetch>();
let database: TestDatabase;
let provider: AProvider;
let site: NestFastifyApplication;
let secureSite: NestFastifyApplication;
let now = Date.now();

beforeAll(async () => {
  [database, provider] = await Promise.all([testDatabase(), AProvider.start(siteUrl)]);
  await migrate({ url: database.url('staff_site', 'migrate'), schema: 'staff_site', migrations });
  writeFileSync(join(folder, 'key'), JSON.stringify(provider.key));
  const told = {
    PORT: '0', LOG_LEVEL: 'silent', SESSION_SECRET: 'a secret for tests, and long enough', CASEWARD_HOME_NAME: 'here',
    ...Object.fromEntries(['PEOPLE', 'TRIAGE', 'SECTION42', 'DOLS', 'METRICS', 'DIRECTORY'].map((name) => [`${name}_URL`, `http://${name.toLowerCase()}.test`])),
    SITE_URL: siteUrl, DATABASE_APP_URL: database.url('staff_site', 'app'), OIDC_ISSUER: provider.issuer, CLIENT_ID: 'staff-site', CLIENT_KEY_FILE: join(folder, 'key'),
  };
  const make = async (more: Record<string, string> = {}) => {
    const made = await createStaffSite(readConfig({ ...told, ...more }), { fetch: services, now: () => now });
    await made.init();
    await made.getHttpAdapter().getInstance().ready();
    return made;
  };
  [site, secureSite] = [await make(), await make({ SECURE_COOKIES: 'yes' })];
}, 60_000);
afterAll(async () => {
  await site?.close();
  await secureSite?.close();
  provider?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  now = Date.now();
  Object.assign(provider, { isRefusing: false, isAway: false });
  services.mockReset();
  services.mockImplementation(async (input) =>
    new URL(String(input)).pathname === '/me' ? Response.json({ id: 'staff-triage-1', roles: ['triage_officer'], authority: 'E06000062' }) : Response.json({ items: [], total: 0, page: 1, pageSize: 25, asOf: '2025-07-31T16:00:00.000000Z' }));
});

const browserAt = (of = site, forwarded = {}) => new Browser(siteUrl, of, forwarded);
const at = (path: string): string => `${siteUrl}${path}`;
async function signIn(browser = browserAt(), to = '/queues/triage'): Promise<Seen> {
  const choosing = await browser.open(at(to));
  return browser.open(choosing.url, { form: { other: 'staff-triage-1' } });
}
const cookieOf = (browser: Browser, name = 'staff-here-session') => browser.jar.get(siteUrl)?.get(name);
const isSignedIn = async (browser: Browser): Promise<boolean> => {
  const { url, status } = await browser.open(at('/queues/triage'), { stay: true });
  return status === 200 && url === at('/queues/triage');
};
async function signOut(browser: Browser): Promise<Seen> {
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.open(at('/'))).text)![1]!;
  return browser.open(at('/sign-out'), { form: { _csrf: csrf }, stay: true });
}

describe('signing in', () => {
  it('is asked of everybody, for every page, and leads to the page they wanted', async () => {
    for (const path of ['/', '/board', '/imports/quarantine', '/messages', '/nowhere']) {
      expect((await browserAt().open(at(path), { stay: true })).url).toBe(at(`/sign-in?${new URLSearchParams({ to: path })}`));
    }
    const browser = browserAt();
    const page = await signIn(browser, '/queues/triage?late=yes');
    expect([page.status, page.url]).toEqual([200, at('/queues/triage?late=yes')]);
    expect(page.text).toContain('Signed in as West triage officer 1 (invented)');
  });

  it('leaves what is for anybody open', async () => {
    for (const path of ['/ping', '/health', '/assets/icon.svg']) expect((await browserAt().open(at(path), { stay: true })).status).toBe(200);
  });

  it('has services asked with the token of whoever signed in', async () => {
    await signIn();
    const proofs = services.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization')!.replace('Bearer ', ''));
    expect(proofs.length).toBeGreaterThan(1);
    for (const proof of proofs) expect(decodeJwt(proof)).toMatchObject({ aud: 'api://caseward', roles: ['triage_officer'] });
  });

  it('leads nowhere but to this site', async () => {
    for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', '/sign-out', 'javascript:alert(1)', '/.//evil.example', '/a/..//evil.example']) {
      const browser = browserAt();
      const choosing = await browser.open(at(`/sign-in?${new URLSearchParams({ to })}`));
      expect((await browser.open(choosing.url, { form: { other: 'staff-triage-1' } })).url).toBe(at('/'));
    }
  });
});

describe('ASVS 5.0 V7.2.4, 7.4.1: a session', () => {
  it('has a new id once somebody has signed in, and the old one is worth nothing', async () => {
    const browser = browserAt();
    const choosing = await browser.open(at('/'));
    const before = cookieOf(browser)!;
    await browser.open(choosing.url, { form: { other: 'staff-triage-1' } });
    expect(cookieOf(browser)).not.toBe(before);
    const planted = browserAt();
    planted.jar.set(siteUrl, new Map([['staff-here-session', before]]));
    expect([await isSignedIn(browser), await isSignedIn(planted)]).toEqual([true, false]);
  });

  it('is dead once somebody has signed out, there and at the provider', async () => {
    const browser = browserAt();
    await signIn(browser);
    const kept = cookieOf(browser)!;
    const { url, status } = await signOut(browser);
    expect([status, url.startsWith(`${provider.issuer}/session/end?`), new URL(url).searchParams.get('post_logout_redirect_uri')]).toEqual([303, true, at('/signed-out')]);
    const again = browserAt();
    again.jar.set(siteUrl, new Map([['staff-here-session', kept]]));
    expect(await isSignedIn(again)).toBe(false);
    expect((await browser.open(url)).text).toContain('Sign out here too');
  });

  it('is not raised from the dead by a page that was on its way', async () => {
    const browser = browserAt();
    await signIn(browser);
    now += 2 * minute;
    let answer = (): void => {};
    const asked = new Promise<void>((reached) => services.mockImplementationOnce(async () => (reached(), new Promise<void>((done) => (answer = done)).then(() => Response.json({ items: [], total: 0, page: 1, pageSize: 25, asOf: '2025-07-31T16:00:00.000000Z' })))));
    const slow = browserAt();
    slow.jar.set(siteUrl, new Map(browser.jar.get(siteUrl)));
    const late = slow.open(at('/queues/triage'));
    await asked;
    await signOut(browser);
    answer();
    await late;
    expect(await isSignedIn(slow)).toBe(false);
  });

  it('cannot be ended by somebody else’s form', async () => {
    const browser = browserAt();
    await signIn(browser);
    expect((await browser.open(at('/sign-out'), { form: { _csrf: 'forged' }, stay: true })).status).toBe(403);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe('ASVS 5.0 V7.3: a session', () => {
  it('ends after 30 minutes without a page, by the injected clock', async () => {
    const browser = browserAt();
    await signIn(browser);
    now += 29 * minute;
    expect(await isSignedIn(browser)).toBe(true);
    now += 29 * minute;
    expect(await isSignedIn(browser)).toBe(true);
    now += 30 * minute;
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('that ended while somebody typed gives back what they typed, to be sent once they have signed in again', async () => {
    const browser = browserAt();
    await signIn(browser);
    now += 31 * minute;
    const typed = { form: { reason: 'all <three> are met', _csrf: 'old' }, stay: true };
    const { status, text } = await browser.open(at('/concerns/0190c1d2-0000-7000-8000-0000000000c1/decide'), typed);
    expect(status).toBe(401);
    for (const part of ['You were signed out while you wrote', 'name="reason" value="all &lt;three&gt; are met"', 'action="/concerns/0190c1d2-0000-7000-8000-0000000000c1/decide"', 'href="/sign-in"']) expect(text).toContain(part);
    expect(text).not.toContain('value="old"');
    await signIn(browser);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('that ended is signed out of all the same, at the provider too', async () => {
    const browser = browserAt();
    await signIn(browser);
    const form = /action="\/sign-out"><input type="hidden" name="_csrf" value="([^"]+)"/.exec((await browser.open(at('/'))).text)![1]!;
    now += 31 * minute;
    const { status, url } = await browser.open(at('/sign-out'), { form: { _csrf: form }, stay: true });
    expect([status, url.startsWith(`${provider.issuer}/session/end?`)]).toEqual([303, true]);
  });

  it('ends after 12 hours however busy somebody is', async () => {
    const browser = browserAt();
    await signIn(browser);
    for (let worked = 0; worked < 12 * 60 - 25; worked += 25) {
      now += 25 * minute;
      expect(await isSignedIn(browser)).toBe(true);
    }
    now += 25 * minute;
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe('ASVS 5.0 V7.4.2: somebody who is let in no more', () => {
  it('is out within five minutes', async () => {
    const browser = browserAt();
    await signIn(browser);
    provider.isRefusing = true;
    expect(await isSignedIn(browser)).toBe(true);
    now += 5 * minute;
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('is out at once where a service says so', async () => {
    const browser = browserAt();
    await signIn(browser);
    services.mockImplementation(async () => Response.json({ detail: 'The token has expired.' }, { status: 401 }));
    expect((await browser.open(at('/queues/triage'), { stay: true })).url).toContain('/sign-in?to=');
  });

  it('is told what they cannot do, where a service refuses them', async () => {
    const browser = browserAt();
    await signIn(browser);
    services.mockImplementation(async () => Response.json({ detail: 'You may not see the enquiries that nobody has. Who may: manager.' }, { status: 403 }));
    const { status, text } = await browser.open(at('/queues/enquiries'));
    expect([status, text.includes('You cannot do that'), text.includes('Who may: manager.')]).toEqual([403, true, true]);
  });

  it('works on while the provider is away, for as long as their token holds', async () => {
    const browser = browserAt();
    await signIn(browser);
    provider.isAway = true;
    now += 4.5 * minute;
    expect(await isSignedIn(browser)).toBe(true);
    now += minute;
    expect((await browser.open(at('/queues/triage'))).status).toBe(503);
  });
});

describe('ASVS 5.0 V10.5, V10.2: the provider’s answer', () => {
  /** Up to the site's door; what the provider is asked may be changed on the way. */
  async function answered(change: (asked: URLSearchParams) => void = () => {}): Promise<{ browser: Browser; back: URL }> {
    const browser = browserAt();
    const asked = new URL((await browser.open(at('/sign-in'), { stay: true })).url);
    change(asked.searchParams);
    const choosing = await browser.open(asked.href);
    let seen = await browser.open(choosing.url, { form: { other: 'staff-triage-1' }, stay: true });
    while (!seen.url.startsWith(siteUrl)) seen = await browser.open(seen.url, { stay: true });
    return { browser, back: new URL(seen.url) };
  }
  const refused = async (browser: Browser, url: string): Promise<void> => {
    const { status, text } = await browser.open(url);
    expect([status, text.includes('You are not signed in')]).toEqual([400, true]);
    expect(await isSignedIn(browser)).toBe(false);
  };

  it('is taken with the state that was given', async () => {
    const { browser, back } = await answered();
    expect((await browser.open(back.href)).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it.each(['state', 'code', 'iss'])('is refused with another %s', async (what) => {
    const { browser, back } = await answered();
    back.searchParams.set(what, what === 'iss' ? 'http://evil.example' : 'x'.repeat(43));
    await refused(browser, back.href);
  });

  it('is refused with another nonce, and with the code of another challenge', async () => {
    const nonce = await answered((asked) => asked.set('nonce', 'another'));
    await refused(nonce.browser, nonce.back.href);
    const challenge = await answered((asked) => asked.set('code_challenge', 'x'.repeat(43)));
    await refused(challenge.browser, challenge.back.href);
  });

  it('is refused in another browser, which has asked for nothing, or for something else', async () => {
    const { back } = await answered();
    await refused(browserAt(), back.href);
    const other = await answered();
    await refused(other.browser, back.href);
  });

  it('is refused the second time', async () => {
    const { browser, back } = await answered();
    await browser.open(back.href);
    await signOut(browser);
    await refused(browser, back.href);
  });
});

describe('what is kept of a session', () => {
  it('tells whoever reads it nothing: no id, no name, no token', async () => {
    const browser = browserAt();
    await signIn(browser);
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    const { rows } = await client.query(`select encode(id, 'escape') || encode(coalesce(content, ''), 'escape') as kept from staff_site.session`);
    await client.end();
    const all = rows.map(({ kept }) => kept as string).join('\n');
    expect(rows.length).toBeGreaterThan(0);
    for (const secret of [decodeURIComponent(cookieOf(browser)!).split('.')[0]!, 'triage', 'eyJ']) expect(all).not.toContain(secret);
  });
});

describe('ASVS 5.0 V3.3: over TLS', () => {
  it('every cookie is of this host alone, out of reach for pages and for plain connections', async () => {
    const browser = browserAt(secureSite, { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' });
    const choosing = await browser.open(at('/'), { stay: true });
    const begun = await browser.open(choosing.url, { stay: true });
    expect(begun.cookies).toHaveLength(1);
    const page = await signIn(browser, '/');
    const set = [...begun.cookies, ...page.cookies];
    expect(set.map((cookie) => cookie.split('=')[0])).toEqual(expect.arrayContaining(['__Host-staff-here-session', '__Host-staff-here-form']));
    for (const cookie of set) {
      expect(cookie).toMatch(/^__Host-staff-here-/);
      expect(cookie.toLowerCase()).toMatch(/(?=.*; path=\/(;|$))(?=.*; httponly)(?=.*; secure)(?=.*; samesite=(strict|lax))(?!.*; domain)/);
    }
  });

  it('nothing that is shown to somebody who signed in is kept by a browser', async () => {
    const browser = browserAt();
    await signIn(browser);
    const reply = await site.inject({ url: '/queues/triage', headers: { cookie: `staff-here-session=${cookieOf(browser)}` } });
    expect([reply.statusCode, reply.headers['cache-control']]).toEqual([200, 'no-store']);
  });
});
