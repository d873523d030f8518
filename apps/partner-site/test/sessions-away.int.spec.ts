import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { Signer } from '@fastify/cookie';
import { Client } from 'pg';
import { migrate } from '#libs/journal';
import { type Browser, type TestDatabase, testDatabase } from '#libs/testing';
import { PgSessionStore } from '../../../libs/sign-in/src/pg-session-store.js';
import { migrations } from '../src/migrations/index.js';
import { APartnerSite, partner, pathOf, siteSecret, siteUrl } from './a-partner-site.js';

const schema = 'partner_site';
let database: TestDatabase;
let owner: Client;
let site: APartnerSite;
let store: PgSessionStore;
beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url(schema, 'migrate'), schema, migrations });
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  site = await APartnerSite.start({ databaseUrl: database.url(schema, 'app'), hasDoor: true });
  store = new PgSessionStore({ databaseUrl: database.url(schema, 'app'), secret: siteSecret, name: 'a-test' }, () => site.now);
}, 60_000);
afterAll(async () => {
  await site.close();
  await store.close();
  await owner.end();
  await database.close();
});
beforeEach(() => site.reset());

/** A browser in which somebody invented is signed in. */
async function signedIn(): Promise<Browser> {
  const { id, name, roles, authority } = partner();
  const tokens = { access: `of-${id}`, refresh: 'r', id: 'i', gotAt: site.now, endAt: site.now + 300_000 };
  const sessionId = randomBytes(24).toString('base64url');
  await promisify(store.set)(sessionId, { cookie: {}, person: { id, name, roles: [...roles], authority, tokens, signedInAt: site.now, seenAt: site.now } } as never);
  const browser = site.browser();
  browser.jar.set(siteUrl, new Map([['partner-here-session', encodeURIComponent(new Signer(siteSecret, 'sha256').sign(sessionId))]]));
  return browser;
}

/** While nobody can read a session. */
async function whileAway<Done>(work: () => Promise<Done>): Promise<Done> {
  await owner.query('begin; lock table partner_site.session in access exclusive mode');
  try {
    return await work();
  } finally {
    await owner.query('rollback');
  }
}

const hiddenIn = (text: string): Record<string, string> => Object.fromEntries([...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!]));
const cookiesOf = (browser: Browser) => Object.fromEntries([...browser.jar.get(siteUrl)!].map(([name, value]) => [name, decodeURIComponent(value)]));

describe('while no session can be read', () => {
  it('a step comes back with what was typed, and is kept when it is sent again', async () => {
    const browser = await signedIn();
    const { text } = await site.get(browser, '/concerns/new/person');
    expect(text).toContain('Signed in as Somebody invented');
    const typed = { ...hiddenIn(text), given_name: 'Inventa "the" first', address: 'The invented house' };
    const away = await whileAway(() => site.inject({ method: 'POST', url: '/concerns/new/person', payload: typed, cookies: cookiesOf(browser) }));
    expect([away.statusCode, away.headers['retry-after']]).toEqual([503, '10']);
    for (const part of ['What you typed has not been kept', 'value="Inventa &quot;the&quot; first"', 'The invented house', '01632 960 999', 'action="/concerns/new/person"']) expect(away.payload).toContain(part);
    const again = await browser.open(`${siteUrl}/concerns/new/person`, { form: { ...typed, ...hiddenIn(away.payload) } });
    expect([pathOf(again), again.text.includes('Signed in as Somebody invented')]).toEqual(['/concerns/new/what-happened', true]);
    expect((await site.get(browser, '/concerns/new/check')).text).toContain('The invented house');
  }, 30_000);

  it('every other form is kept on a page that sends it again, but for what opens something', async () => {
    const browser = await signedIn();
    const { text } = await site.get(browser, '/concerns/saved');
    const [followed, saved] = await whileAway(async () => {
      const send = (url: string, payload: object) => site.inject({ method: 'POST', url, payload: { ...hiddenIn(text), ...payload }, cookies: cookiesOf(browser) });
      return [await send('/concerns/follow', { reference: 'SC-7K3M-2QX9' }), await send('/concerns/saved', { code: 'ABCD-EFGH' })];
    });
    expect([followed!.statusCode, saved!.statusCode]).toEqual([503, 503]);
    for (const part of ['Nothing was recorded yet', 'name="reference" value="SC-7K3M-2QX9"', '01632 960 999']) expect(followed!.payload).toContain(part);
    expect([saved!.payload.includes('Type the code again'), saved!.payload.includes('ABCD')]).toEqual([true, false]);
  }, 30_000);

  it('pages still look like pages, and say when to come back', async () => {
    const browser = await signedIn();
    const { text } = await site.get(browser, '/concerns/new/person');
    const files = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    await whileAway(async () => {
      for (const url of files) expect([url, (await site.inject({ url, cookies: cookiesOf(browser) })).statusCode]).toEqual([url, 200]);
      const page = await site.inject({ url: '/concerns/new/person', cookies: cookiesOf(browser) });
      expect([page.statusCode, page.headers['retry-after']]).toEqual([503, '10']);
    });
    expect(files.length).toBeGreaterThan(1);
    expect((await site.get(browser, '/concerns/new/person')).text).toContain('Signed in as Somebody invented');
  }, 30_000);
});
