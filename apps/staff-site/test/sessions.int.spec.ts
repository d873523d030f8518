import 'reflect-metadata';
import { Client } from 'pg';
import type { Browser } from '#libs/testing';
import { ADoor, siteUrl } from './a-door.js';

const minute = 60_000;
let door: ADoor;
beforeAll(async () => {
  door = await ADoor.start();
}, 60_000);
afterAll(() => door.close());
beforeEach(() => door.reset());

describe('ASVS 5.0 V7.2.4, 7.4.1: a session', () => {
  it('ASVS 5.0 V7.2.4, check 20: has a new id once somebody has signed in, and the old one is worth nothing', async () => {
    const browser = door.browserAt();
    const choosing = await browser.open(door.at('/'));
    const before = door.cookieOf(browser)!;
    await browser.open(choosing.url, { form: { other: 'staff-triage-1' } });
    expect(door.cookieOf(browser)).not.toBe(before);
    const planted = door.browserAt();
    planted.jar.set(siteUrl, new Map([['staff-here-session', before]]));
    expect([await door.isSignedIn(browser), await door.isSignedIn(planted)]).toEqual([true, false]);
  });

  it('ASVS 5.0 V7.4.1, check 20: is dead once somebody has signed out, there and at the provider', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    const kept = door.cookieOf(browser)!;
    const { url, status } = await door.signOut(browser);
    expect([status, url.startsWith(`${door.provider.issuer}/session/end?`), new URL(url).searchParams.get('post_logout_redirect_uri')]).toEqual([303, true, door.at('/signed-out')]);
    const again = door.browserAt();
    again.jar.set(siteUrl, new Map([['staff-here-session', kept]]));
    expect(await door.isSignedIn(again)).toBe(false);
    expect((await browser.open(url)).text).toContain('Sign out here too');
  });

  it('is not raised from the dead by a page that was on its way', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    door.now += 2 * minute;
    let answer = (): void => {};
    const asked = new Promise<void>((reached) => door.services.mockImplementationOnce(async () => (reached(), new Promise<void>((done) => (answer = done)).then(() => Response.json({ items: [], total: 0, page: 1, pageSize: 25, asOf: '2025-07-31T16:00:00.000000Z' })))));
    const slow = door.browserAt();
    slow.jar.set(siteUrl, new Map(browser.jar.get(siteUrl)));
    const late = slow.open(door.at('/queues/triage'));
    await asked;
    await door.signOut(browser);
    answer();
    await late;
    expect(await door.isSignedIn(slow)).toBe(false);
  });

  it('cannot be ended by somebody else’s form', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    expect((await browser.open(door.at('/sign-out'), { form: { _csrf: 'forged' }, stay: true })).status).toBe(403);
    expect(await door.isSignedIn(browser)).toBe(true);
  });
});

describe('ASVS 5.0 V7.3: a session', () => {
  it('ASVS 5.0 V7.3.1, check 21: ends after 30 minutes without a page, by the injected clock', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    door.now += 29 * minute;
    expect(await door.isSignedIn(browser)).toBe(true);
    door.now += 29 * minute;
    expect(await door.isSignedIn(browser)).toBe(true);
    door.now += 30 * minute;
    expect(await door.isSignedIn(browser)).toBe(false);
  });

  it('that ended while somebody typed gives back what they typed, to be sent once they have signed in again', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    door.now += 31 * minute;
    const typed = { form: { reason: 'all <three> are met', _csrf: 'old' }, stay: true };
    const { status, text } = await browser.open(door.at('/concerns/0190c1d2-0000-7000-8000-0000000000c1/decide'), typed);
    expect(status).toBe(401);
    for (const part of ['You were signed out while you wrote', 'name="reason" value="all &lt;three&gt; are met"', 'action="/concerns/0190c1d2-0000-7000-8000-0000000000c1/decide"', 'href="/sign-in?to=%2Fsigned-in-again"']) expect(text).toContain(part);
    expect(text).not.toContain('value="old"');
    await door.signIn(browser);
    expect(await door.isSignedIn(browser)).toBe(true);
  });

  it('that ended is signed out of all the same, at the provider too', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    const form = /action="\/sign-out"><input type="hidden" name="_csrf" value="([^"]+)"/.exec((await browser.open(door.at('/'))).text)![1]!;
    door.now += 31 * minute;
    const { status, url } = await browser.open(door.at('/sign-out'), { form: { _csrf: form }, stay: true });
    expect([status, url.startsWith(`${door.provider.issuer}/session/end?`)]).toEqual([303, true]);
  });

  it('ASVS 5.0 V7.3.2, check 21: ends after 12 hours however busy somebody is', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    for (let worked = 0; worked < 12 * 60 - 25; worked += 25) {
      door.now += 25 * minute;
      expect(await door.isSignedIn(browser)).toBe(true);
    }
    door.now += 25 * minute;
    expect(await door.isSignedIn(browser)).toBe(false);
  });
});

describe('ASVS 5.0 V7.6.2: a session', () => {
  it('begins by somebody’s doing alone, also where they have just signed in at the provider', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    browser.jar.delete(siteUrl);
    const choosing = await browser.open(door.at('/queues/triage'));
    expect([choosing.url.startsWith(door.provider.issuer), choosing.text.includes('Show again that it is you')]).toEqual([true, true]);
  });
});

describe('ASVS 5.0 V7.5.2: whoever is signed in elsewhere too', () => {
  const csrfIn = (text: string): string => /action="\/sessions">\s*<input type="hidden" name="_csrf" value="([^"]+)"/.exec(text)![1]!;

  /** Signs in as somebody who has no sessions from elsewhere. */
  const signInAs = async (id: string, browser = door.browserAt()): Promise<Browser> => {
    door.services.mockImplementation(async (input) => Response.json(new URL(String(input)).pathname === '/me' ? { id, roles: ['triage_officer'], authority: 'E06000062' } : { items: [], total: 0, page: 1, pageSize: 25, asOf: '2025-07-31T16:00:00.000000Z' }));
    await door.signIn(browser);
    return browser;
  };

  it('sees since when, and ends it from here, while here they go on', async () => {
    const elsewhere = await signInAs('staff-triage-11');
    door.now += 20 * minute;
    const here = await signInAs('staff-triage-11');
    const { text } = await here.open(door.at('/sessions'));
    expect(text).toContain('1 other browser:');
    expect(text.match(/<li>signed in /g)).toHaveLength(1);
    expect((await here.open(door.at('/sessions'), { form: { _csrf: 'forged' }, stay: true })).status).toBe(403);
    expect((await here.open(door.at('/sessions'), { form: { _csrf: csrfIn(text) } })).text).toContain('You are signed in here alone.');
    expect([await door.isSignedIn(here), await door.isSignedIn(elsewhere)]).toEqual([true, false]);
  });

  it('is not told of a colleague’s', async () => {
    await signInAs('staff-triage-12');
    const here = await signInAs('staff-triage-13');
    expect((await here.open(door.at('/sessions'))).text).toContain('Nowhere else.');
  });

  it('is not told of sessions that are over, and is named nowhere in what is kept', async () => {
    await signInAs('staff-triage-14');
    door.now += 31 * minute;
    const here = await signInAs('staff-triage-14');
    expect((await here.open(door.at('/sessions'))).text).toContain('Nowhere else.');
    const client = new Client({ connectionString: door.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query<{ whose: Buffer; row: string }>('select whose, row_to_json(session)::text as row from staff_site.session where whose is not null');
    await client.end();
    expect(rows.every(({ whose, row }) => whose.length === 32 && !row.includes('staff-triage'))).toBe(true);
  });
});

describe('ASVS 5.0 V7.4.2: somebody who is let in no more', () => {
  it('ASVS 5.0 V7.4.2, check 22: is out within five minutes', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    door.provider.isRefusing = true;
    expect(await door.isSignedIn(browser)).toBe(true);
    door.now += 5 * minute;
    expect(await door.isSignedIn(browser)).toBe(false);
  });

  it('is out at once where a service says so', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    door.services.mockImplementation(async () => Response.json({ detail: 'The token has expired.' }, { status: 401 }));
    expect((await browser.open(door.at('/queues/triage'), { stay: true })).url).toContain('/sign-in?to=');
  });

  it('is told what they cannot do, where a service refuses them', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    door.services.mockImplementation(async () => Response.json({ detail: 'You may not see the enquiries that nobody has. Who may: manager.' }, { status: 403 }));
    const { status, text } = await browser.open(door.at('/queues/enquiries'));
    expect([status, text.includes('You cannot do that'), text.includes('Who may: manager.')]).toEqual([403, true, true]);
  });

  it('works on while the provider is away, for as long as their token holds', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    door.provider.isAway = true;
    door.now += 4.5 * minute;
    expect(await door.isSignedIn(browser)).toBe(true);
    door.now += minute;
    expect((await browser.open(door.at('/queues/triage'))).status).toBe(503);
  });
});

describe('ASVS 5.0 V11.2.2: while the secret of a site is changed', () => {
  const secret = 'a secret for tests, and long enough';
  const another = 'another secret for tests, and long enough';

  it('a session that was begun before goes on, its forms are taken, and who it is of is found', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    const changed = await door.make({ SESSION_SECRET: another, SESSION_SECRET_BEFORE: secret });
    const later = door.browserAt(changed);
    later.jar.set(siteUrl, new Map(browser.jar.get(siteUrl)));
    const before = door.cookieOf(later);
    expect([await door.isSignedIn(later), await door.isSignedIn(later), door.cookieOf(later) === before]).toEqual([true, true, false]);
    const here = door.browserAt(changed);
    await door.signIn(here);
    expect((await here.open(door.at('/sessions'))).text).not.toContain('Nowhere else.');
    expect((await door.signOut(later)).status).toBe(303);
    await changed.close();
  });

  it('is worth nothing once the one before is gone', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    const changed = await door.make({ SESSION_SECRET: another });
    const later = door.browserAt(changed);
    later.jar.set(siteUrl, new Map(browser.jar.get(siteUrl)));
    expect(await door.isSignedIn(later)).toBe(false);
    await changed.close();
  });
});

describe('what is kept of a session', () => {
  it('tells whoever reads it nothing: no id, no name, no token', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    const client = new Client({ connectionString: door.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query(`select encode(id, 'escape') || encode(coalesce(content, ''), 'escape') as kept from staff_site.session`);
    await client.end();
    const all = rows.map(({ kept }) => kept as string).join('\n');
    expect(rows.length).toBeGreaterThan(0);
    for (const secret of [decodeURIComponent(door.cookieOf(browser)!).split('.')[0]!, 'triage', 'eyJ']) expect(all).not.toContain(secret);
  });
});

describe('ASVS 5.0 V3.3: over TLS', () => {
  it('ASVS 5.0 V3.3.1–V3.3.4, check 9: every cookie is of this host alone, out of reach for pages and for plain connections', async () => {
    const browser = door.browserAt(door.secureSite, { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' });
    const choosing = await browser.open(door.at('/'), { stay: true });
    const begun = await browser.open(choosing.url, { stay: true });
    expect(begun.cookies).toHaveLength(1);
    const page = await door.signIn(browser, '/');
    const set = [...begun.cookies, ...page.cookies];
    expect(set.map((cookie) => cookie.split('=')[0])).toEqual(expect.arrayContaining(['__Host-staff-here-session', '__Host-staff-here-form']));
    for (const cookie of set) {
      expect(cookie).toMatch(/^__Host-staff-here-/);
      expect(cookie.toLowerCase()).toMatch(/(?=.*; path=\/(;|$))(?=.*; httponly)(?=.*; secure)(?=.*; samesite=(strict|lax))(?!.*; domain)/);
    }
  });

  it('the session’s cookie goes from the browser when somebody signs out', async () => {
    const browser = door.browserAt(door.secureSite, { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' });
    await door.signIn(browser, '/');
    const { cookies } = await door.signOut(browser);
    // A browser refuses to set, and so to end, a cookie of this name that is not Secure.
    expect(cookies.find((cookie) => cookie.startsWith('__Host-staff-here-session=;'))?.toLowerCase()).toMatch(/(?=.*expires=thu, 01 jan 1970)(?=.*; path=\/(;|$))(?=.*; secure)/);
  });

  it('nothing that is shown to somebody who signed in is kept by a browser', async () => {
    const browser = door.browserAt();
    await door.signIn(browser);
    const reply = await door.site.inject({ url: '/queues/triage', headers: { cookie: `staff-here-session=${door.cookieOf(browser)}` } });
    expect([reply.statusCode, reply.headers['cache-control']]).toEqual([200, 'no-store']);
  });
});
