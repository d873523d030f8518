import 'reflect-metadata';
import { Client } from 'pg';
import { migrate } from '#libs/journal';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { SiteDatabase } from '#libs/sign-in';
import { PgDraftRows } from '../src/draft/draft-rows.js';
import { Drafts } from '../src/draft/drafts.js';
import { migrations } from '../src/migrations/index.js';
import { APartnerSite, pathOf, siteUrl } from './a-partner-site.js';

const schema = 'partner_site';
const day = 24 * 60 * 60_000;
let database: TestDatabase;
let owner: Client;
let site: APartnerSite;
let own: SiteDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url(schema, 'migrate'), schema, migrations });
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  site = await APartnerSite.start({ databaseUrl: database.url(schema, 'app') });
  own = new SiteDatabase({ databaseUrl: database.url(schema, 'app'), name: 'a-test' }, 'drafts');
}, 60_000);
afterAll(async () => {
  await site.close();
  await own.close();
  await owner.end();
  await database.close();
});
beforeEach(async () => {
  site.reset();
  await owner.query('delete from partner_site.draft');
});

const kept = async (): Promise<{ id: Buffer; content: Buffer }[]> => (await owner.query('select id, content from partner_site.draft')).rows;
const csrfIn = (text: string): string => /name="_csrf" value="([^"]+)"/.exec(text)![1]!;
const codeIn = (text: string): string => /cw-return-code">(.+?)<\/p>/.exec(text)![1]!.replaceAll(/<[^>]+>/g, '');

const save = (browser: Awaited<ReturnType<typeof begun>>) => site.send(browser, '/concerns/new/check', {}, '/concerns/new/save');

async function begun() {
  const browser = site.browser();
  await site.answer(browser, 'person', { given_name: 'Inventa' });
  await site.answer(browser, 'what-happened', { worry: 'Nobody comes. (Invented.)' });
  return browser;
}

describe('what is kept of a draft', () => {
  it('tells whoever reads the table nothing: no answer, no secret, no code', async () => {
    const browser = await begun();
    const code = codeIn((await save(browser)).text);
    const rows = await kept();
    expect(rows).toHaveLength(1);
    const secrets = ['Inventa', 'Nobody comes', 'given_name', browser.jar.get(siteUrl)!.get('partner-here-draft')!, code, code.replaceAll('-', '')];
    for (const { id, content } of rows) for (const secret of secrets) expect([id.includes(secret), content.includes(secret)]).toEqual([false, false]);
  });

  it('is bound to its row: put in the place of another it opens nothing', async () => {
    const [one, other] = [await begun(), site.browser()];
    await site.answer(other, 'person', { given_name: 'Other' });
    const [first, second] = await kept();
    await owner.query('update partner_site.draft set content = $1 where id = $2', [second!.content, first!.id]);
    await owner.query('update partner_site.draft set content = $1 where id = $2', [first!.content, second!.id]);
    for (const browser of [one, other]) expect((await site.get(browser, '/concerns/new/check')).status).toBe(500);
  });

  it('is gone within a minute of being over, whether or not anybody begins another', async () => {
    await begun();
    const other = await begun();
    await site.send(other, '/concerns/new/check', {}, '/concerns/new/save');
    const drafts = new Drafts(new PgDraftRows(own), () => site.now, 1_000_000);
    site.now += 4 * 60 * 60_000;
    const { bytes, isHalfFull } = await drafts.clear();
    expect([(await kept()).length, bytes > 0, isHalfFull]).toEqual([1, true, false]);
    site.now += 28 * day;
    expect(await drafts.clear()).toEqual({ bytes: 0, isHalfFull: false });
    expect(await kept()).toEqual([]);
  });

  it('is as long as there is something to send or a receipt to show again', async () => {
    const browser = await begun();
    await site.send(browser, '/concerns/new/check');
    site.now += 31 * 60_000;
    expect((await site.get(browser, '/concerns/receipt/copy')).text).not.toContain('Inventa');
    expect((await site.get(browser, '/concerns/receipt')).text).toContain('SC-2026-000123');
    await new Drafts(new PgDraftRows(own), () => site.now, 1_000_000).clear();
    expect(await kept()).toEqual([]);
  });
});

describe('a draft that several pages change at once', () => {
  it('keeps what each of them said', async () => {
    const browser = await begun();
    const form = csrfIn((await site.get(browser, '/concerns/new/harm')).text);
    const typed: [string, Record<string, string>][] = [['harm', { place: 'The ward' }], ['safety', { done: 'Moved her' }], ['others', { others_words: 'A neighbour' }], ['you', { phone: '01632 960001' }]];
    await Promise.all(typed.map(([step, fields]) => browser.open(`${siteUrl}/concerns/new/${step}`, { form: { _csrf: form, ...fields }, stay: true })));
    const { text } = await site.get(browser, '/concerns/new/check');
    for (const part of ['Inventa', 'The ward', 'Moved her', 'A neighbour', '01632 960001']) expect(text).toContain(part);
  });

  it('is one concern, however many send it', async () => {
    const browser = await begun();
    const form = csrfIn((await site.get(browser, '/concerns/new/check')).text);
    const press = () => browser.open(`${siteUrl}/concerns/new/check`, { form: { _csrf: form, sender: '' }, stay: true });
    for (const { url } of await Promise.all([press(), press(), press()])) expect(url).toBe(`${siteUrl}/concerns/receipt`);
    expect(new Set(site.raised.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
  });
});

describe('a return code', () => {
  it('opens a draft for one of two who type it at the same time', async () => {
    const code = codeIn((await save(await begun())).text);
    const both = await Promise.all([1, 2, 3].map(() => site.send(site.browser(), '/concerns/saved', { code })));
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    // Of the others some were told that the code opens nothing, and some, who came back later, that nothing is open.
    expect(both.every(({ status }) => [200, 400, 410].includes(status))).toBe(true);
    expect(await kept()).toHaveLength(1);
    expect(both.map(pathOf)).toContain('/concerns/new/harm');
  });
});
