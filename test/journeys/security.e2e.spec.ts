import { readdirSync, readFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Browser } from 'playwright-core';
import { eventually } from '../asking.ts';
import { barriers, describeIn, findBrowser, signInAs, visitor, widths } from '../browser.ts';
import { legibleOnDisk, legibleToItsOwner } from '../legible.ts';
import { decision, raise } from '../line.ts';
import { asCode, asText, inName, nasty, plantEverywhere } from '../planted.ts';
import { settledRows } from '../rows.ts';
import { AClamd, eicar } from '../../apps/triage/test/a-clamd.ts';
import { TestSystem } from '../system.ts';

const launch = await findBrowser();
const inBrowser = describeIn(launch);

const clamd = await AClamd.start();
const system = new TestSystem({ LOG_LEVEL: 'info', CLAMAV_URL: clamd.url });
let browser: Browser | undefined;
beforeAll(async () => {
  await system.start();
  browser = await launch?.();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await system.remove();
  await clamd.close();
}, 60_000);

async function raised(more: object = {}): Promise<string> {
  const { status, body } = await system.as('triage', 'staff-partner-1').post('/concerns', { ...raise, ...more });
  expect(status).toBe(201);
  await eventually(async () => (await system.as('triage', 'staff-triage-1').get(`/concerns/${body.id}`)).body.personId, (personId) => personId !== null);
  return body.id as string;
}

async function signedIn(path: string, who: string) {
  const visiting = await visitor(browser!);
  await visiting.page.goto(`${system.running.sites.staff}${path}`);
  await signInAs(visiting.page, who);
  await visiting.page.waitForURL((url) => url.href.startsWith(system.running.sites.staff));
  return visiting;
}

const rows = (): Promise<Record<string, number>> => settledRows(system.running.postgres.url);

inBrowser('what somebody typed', () => {
  it('ASVS 5.0 V1.2.1, check 1: shows as text on every page that tells it', async () => {
    const id = await raised({ worry: nasty, person: { givenName: inName, familyName: nasty.slice(0, 60), postcode: 'NN1 1AA' } });
    const pages = { [`/concerns/${id}`]: '<script>document.title="run"</script>', '/queues/triage': inName, [`/concerns/${id}/decide`]: 'Decide', [`/concerns/${id}/ask`]: 'Ask' };
    for (const [path, shown] of Object.entries(pages)) {
      const { page, context, complaints } = await signedIn(path, 'staff-triage-1');
      const html = await page.content();
      // Of scripts the site's own files alone.
      expect(await page.locator('script:not([src^="/assets/"]), img[src="x"], b').count()).toBe(0);
      expect([await page.title(), html]).toEqual([expect.not.stringContaining('run'), expect.not.stringContaining('8641969')]);
      expect(await page.getByText(shown).count()).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
      await context.close();
    }
  }, 60_000);

  it('ASVS 5.0 V1.2.4, check 2: asks the database nothing of its own, in any search', async () => {
    const { page, context } = await signedIn('/', 'staff-manager-1');
    const injections = [`' or '1'='1`, `'; drop table journal; --`, `1) union select null, version() --`, '%00', '../../etc/passwd', '{"$ne":null}'];
    const questions = ['/queues/triage?sort=', '/queues/triage?has=', '/queues/triage?page=', '/queues/enquiries?sort=', '/queues/dols?band=', '/imports/quarantine?file=', '/messages?service=', '/board?as_of=', '/concerns/'];
    for (const question of questions) {
      for (const injection of injections) {
        const answer = await page.request.get(`${system.running.sites.staff}${question}${encodeURIComponent(injection)}`);
        expect([question, injection, answer.status() < 500]).toEqual([question, injection, true]);
        expect(await answer.text()).not.toMatch(/PostgreSQL|syntax error|at Object|node_modules/);
      }
    }
    await context.close();
  }, 60_000);
});

describe('a decision', () => {
  it('ASVS 5.0 V2.3.1, check 5: comes before what follows from it, and once', async () => {
    const id = await raised();
    const triage = system.as('triage', 'staff-triage-1');
    const { etag } = await triage.get(`/concerns/${id}`);
    expect((await triage.post(`/concerns/${id}/feedback`, { told: true, message: 'It was decided.' }, { etag })).status).toBe(409);
    expect((await triage.post(`/concerns/${id}/triage`, decision, { etag })).status).toBe(200);
    const decided = await triage.get(`/concerns/${id}`);
    expect((await triage.post(`/concerns/${id}/triage`, decision, { etag: decided.etag })).status).toBe(409);
  });
});

/** Asked as it stands: `fetch` would not send some of these. */
function plain(url: string, method: string, headers: Record<string, string> = {}, body?: string): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = ask(url, { method, headers }, (answer) => answer.resume().once('end', () => resolve({ status: answer.statusCode!, headers: answer.headers })));
    sent.once('error', reject).end(body);
  });
}

describe('every answer', () => {
  const places = () => [...Object.values(system.running.sites), ...Object.values(system.running.services).map(({ url }) => url)];
  const tries: [method: string, path: string, headers?: Record<string, string>, body?: string][] = [
    ['GET', '/'], ['GET', '/health'], ['GET', '/no-such-thing'], ['GET', '/concerns/1'], ['GET', '/%ff'], ['GET', `/concerns/${'x'.repeat(300)}`], ['HEAD', '/'],
    ['POST', '/concerns', { 'content-type': 'application/json' }, '{}'], ['POST', '/concerns/new/person', { 'content-type': 'text/xml' }, '<a/>'],
    ['POST', '/concerns/new/person', { 'content-type': 'application/x-www-form-urlencoded' }, 'worry=1'], ['POST', '/concerns', { 'content-type': 'application/json' }, `"${'x'.repeat(2 ** 21)}"`],
  ];

  it('ASVS 5.0 V3.4.1, V3.4.3–V3.4.6, V14.3.2, checks 10–12: tells browsers what they may not do with it, whatever its status', async () => {
    const seen = new Set<number>();
    for (const place of places()) {
      for (const [method, path, headers, body] of tries) {
        const answer = await plain(`${place}${path}`, method, headers, body);
        seen.add(answer.status);
        expect([place, method, path, answer.status, answer.headers]).toEqual([place, method, path, expect.any(Number), expect.objectContaining({
          'strict-transport-security': expect.stringMatching(/max-age=\d{8}/),
          'content-security-policy': expect.stringMatching(/^(?=.*default-src 'none')(?=.*frame-ancestors 'none')(?!.*unsafe-)/),
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cache-control': expect.stringContaining('no-store'),
        })]);
      }
    }
    expect([...seen].toSorted((one, other) => one - other)).toEqual(expect.arrayContaining([200, 303, 401, 403, 404, 413, 415]));
  });

  it('ASVS 5.0 V4.1.4, check 15: is no to every verb that nothing here takes', async () => {
    for (const place of places()) {
      for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
        const { status } = await plain(`${place}/concerns`, method);
        // Whoever is not signed in is led to where they can.
        expect([place, method, status >= 400 || status === 303, status < 500]).toEqual([place, method, true, true]);
      }
    }
  });
});

inBrowser('a form', () => {
  it('ASVS 5.0 V3.5.1, check 13: is taken with the token of its page alone', async () => {
    const id = await raised();
    const before = await rows();
    const { page, context } = await signedIn(`/concerns/${id}`, 'staff-triage-1');
    const send = (form: Record<string, string>) => page.request.post(`${system.running.sites.staff}/concerns/${id}/assign`, { form, headers: { origin: 'https://elsewhere.example' } });
    for (const form of [{}, { _csrf: 'invented' }, { _csrf: '' }]) expect((await send({ ...form, to: 'staff-triage-1' })).status()).toBe(403);
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(await page.content())![1]!;
    expect((await send({ _csrf, to: 'staff-triage-1' })).status()).toBe(403);
    expect(await rows()).toEqual(before);
    await context.close();
  });

  it('ASVS 5.0 V3.5.1, check 13: is taken from a page of the partner site alone, also with its token', async () => {
    const { page, context } = await visitor(browser!);
    await page.goto(`${system.running.sites.partner}/concerns/new/person`);
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(await page.content())![1]!;
    const send = (origin: string) => page.request.post(`${system.running.sites.partner}/concerns/new/person`, { form: { _csrf, given_name: 'Testa' }, headers: { origin }, maxRedirects: 0 });
    const refused = await send('https://elsewhere.example');
    expect([refused.status(), (await refused.text()).includes('Testa')]).toEqual([403, false]);
    expect((await send(system.running.sites.partner)).status()).toBe(303);
    await context.close();
  });
});

inBrowser('whoever follows every link', () => {
  // Whoever administers sees nothing of anybody.
  it.each([['staff-administrator-1', 0], ['staff-manager-1', 5], ['staff-triage-1', 5]])('ASVS 5.0 V1.2.1, V3.5.3, checks 1 and 14: changes nothing and is shown text as text, as %s', async (who, least) => {
    await plantEverywhere(system);
    const before = await rows();
    const { page, context } = await signedIn('/', who);
    const [home, seen, showing] = [system.running.sites.staff, new Set<string>(), new Set<string>()];
    for (const waiting = ['/']; waiting.length > 0; ) {
      const path = waiting.shift()!;
      if (seen.has(path)) continue;
      seen.add(path);
      const answer = await page.request.get(`${home}${path}`, { maxRedirects: 5 });
      expect([path, answer.status() < 500]).toEqual([path, true]);
      const text = await answer.text();
      expect([path, asCode.exec(text)?.[0]]).toEqual([path, undefined]);
      if (asText.test(text)) showing.add(path.replace(/\?.*/, '').replaceAll(/[0-9a-f-]{36}/g, 'ID'));
      if (answer.headers()['content-type']?.startsWith('text/html')) waiting.push(...[...text.matchAll(/ href="(\/[^"#]*)/g)].map(([, href]) => href!.replaceAll('&amp;', '&')));
      // As many as there are; a page that led to ever new ones would never end.
      expect(seen.size).toBeLessThan(1_000);
    }
    process.stdout.write(`${who}: ${seen.size} addresses, ${showing.size} pages with what was planted: ${[...showing].join(' ')}\n`);
    expect(seen.size).toBeGreaterThan(5);
    expect(showing.size).toBeGreaterThanOrEqual(least);
    expect(await rows()).toEqual(before);
    await context.close();
  }, 180_000);
});

/** Everything that is written on the partner site, as it is kept. */
async function drafts(): Promise<unknown[]> {
  const client = new Client({ connectionString: system.running.postgres.url });
  await client.connect();
  try {
    return (await client.query(`select encode(id, 'hex') as id, md5(content) as content, ends_at from partner_site.draft order by id`)).rows;
  } finally {
    await client.end();
  }
}

inBrowser('whoever follows every link of the partner site', () => {
  it('ASVS 5.0 V3.5.3, check 14: sends and changes nothing that is being written', async () => {
    const home = system.running.sites.partner;
    const { page, context } = await visitor(browser!);
    await page.goto(`${home}/concerns/new`);
    await page.getByLabel('First name').fill('Testa');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('What are you worried about?').waitFor();
    const before = [await rows(), await drafts()];
    const seen = new Set<string>();
    for (const waiting = ['/', '/concerns/new/check']; waiting.length > 0; ) {
      const path = waiting.shift()!;
      // Leads away, and is looked at last.
      if (seen.has(path) || path === '/exit') continue;
      seen.add(path);
      const answer = await page.request.get(`${home}${path}`, { maxRedirects: 0 });
      expect([path, answer.status() < 500]).toEqual([path, true]);
      const { location } = answer.headers();
      if (location?.startsWith('/')) waiting.push(location);
      if (answer.headers()['content-type']?.startsWith('text/html')) waiting.push(...[...(await answer.text()).matchAll(/ href="(\/[^"#]*)/g)].map(([, href]) => href!.replaceAll('&amp;', '&')));
      expect(seen.size).toBeLessThan(100);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['/concerns/new/person?change=yes', '/easy-read', '/concerns/saved']));
    await page.request.get(`${home}/exit`, { maxRedirects: 0 });
    expect([await rows(), await drafts()]).toEqual(before);
    await context.close();
  }, 60_000);
});

inBrowser('a screen that was left', () => {
  it('ASVS 5.0 V14.3.1, V14.2.1, check 29: shows nothing of anybody once its reader has signed out, and its address never did', async () => {
    const id = await raised();
    const { page, context } = await signedIn(`/concerns/${id}`, 'staff-triage-1');
    await page.getByText('Inventedname').first().waitFor();
    const addresses = await page.locator('a[href], form[action]').evaluateAll((found) => found.map((one) => (one as unknown as { getAttribute(name: string): string | null }).getAttribute('href') ?? ''));
    expect(addresses.join(' ')).not.toMatch(/Inventedname|Testa|1940|NN1/i);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForLoadState();
    await page.goBack().catch(() => null);
    await page.goBack().catch(() => null);
    expect(await page.content()).not.toMatch(/Inventedname|Testa/);
    await context.close();
  }, 30_000);
});

inBrowser('somebody whose sessions an administrator ends', () => {
  it('ASVS 5.0 V7.4.5: is asked to sign in with the very next page, at both sites', async () => {
    const { page, context } = await signedIn('/board', 'staff-manager-2');
    const partner = await context.newPage();
    await partner.goto(`${system.running.sites.partner}/concerns/raised`);
    await signInAs(partner, 'staff-manager-2');
    await partner.getByRole('heading', { name: 'You cannot do that' }).waitFor();
    const administrator = await signedIn('/staff', 'staff-administrator-1');
    await administrator.page.getByRole('link', { name: 'West manager 2 (invented)' }).click();
    await administrator.page.getByRole('link', { name: 'End their sessions' }).click();
    await administrator.page.getByLabel('Why they have to sign in again').fill('A lost laptop (invented).');
    await administrator.page.getByRole('button', { name: 'End their sessions' }).click();
    await administrator.page.getByText('Their sessions are ended').waitFor();
    for (const [seen, path] of [[page, `${system.running.sites.staff}/board`], [partner, `${system.running.sites.partner}/concerns/raised`]] as const) {
      // Each service knows it as soon as the directory's message has come.
      await eventually(async () => (await seen.goto(path), seen.getByRole('heading', { level: 1 }).innerText()), (heading) => heading === 'Show again that it is you');
    }
    expect([...(await barriers(administrator.page)), ...administrator.complaints]).toEqual([]);
    await Promise.all([context.close(), administrator.context.close()]);
  }, 60_000);
});

inBrowser('an auditor', () => {
  it.each(widths)('sees who opened which record and why, at %i pixels', async (width) => {
    const id = await raised();
    const officer = await signedIn(`/concerns/${id}`, 'staff-triage-1');
    await officer.context.close();
    const { page, context, complaints } = await signedIn(`/audit?record=${id}`, 'staff-auditor-1');
    await page.setViewportSize({ width, height: 800 });
    const row = page.locator('tr', { has: page.getByText('West triage officer 1') });
    expect(await row.first().innerText()).toContain(id);
    expect(await page.content()).not.toMatch(/Inventedname|Testa/);
    const found = await barriers(page);
    await page.getByRole('link', { name: 'Readings to ask about' }).click();
    await page.getByRole('heading', { name: 'Readings to ask about' }).waitFor();
    expect([...found, ...(await barriers(page)), ...complaints]).toEqual([]);
    await context.close();
  }, 60_000);
});

/** Sends a file for a concern, as whoever raised it. */
async function sendFile(id: string, name: string, content: string | Buffer<ArrayBuffer>): Promise<{ status: number; code?: string; id: string }> {
  const body = new FormData();
  body.set('file', new Blob([content]), name);
  const answer = await fetch(`${system.url('triage')}/concerns/${id}/files`, { method: 'POST', headers: await system.headersOf('staff-partner-1'), body });
  return { ...((await answer.json()) as { code?: string; id: string }), status: answer.status };
}

/** What became of the files of a concern. */
const filesOf = async (id: string): Promise<{ id: string; name: string; state: string }[]> => (await system.as('triage', 'staff-triage-1').get(`/concerns/${id}/files`)).body.items;
const open = async (id: string, fileId: string) => fetch(`${system.url('triage')}/concerns/${id}/files/${fileId}`, { headers: await system.headersOf('staff-triage-1') });

describe('a file that somebody sends', () => {
  it('ASVS 5.0 V5.2.1, check 16: is no longer than is taken, and not one too many', async () => {
    const id = await raised();
    expect(await sendFile(id, 'long.txt', 'x'.repeat(10_000_001))).toMatchObject({ status: 413, code: 'concern/file-too-large' });
    const sent = [];
    for (let n = 0; n < 11; n += 1) sent.push(await sendFile(id, `${n}.txt`, n === 0 ? 'x'.repeat(10_000_000) : 'Invented.'));
    expect(sent.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 201), 409]);
    expect(await filesOf(id)).toHaveLength(10);
  }, 30_000);

  it('ASVS 5.0 V5.2.2, check 17: is what its name says, by what it begins with', async () => {
    const id = await raised();
    for (const [name, content] of [['a.pdf', 'MZ a program'], ['a.png', '<svg onload="alert(1)"/>'], ['a.txt', '%PDF-1.7'], ['a.jpg', 'GIF89a']] as const) {
      expect([name, await sendFile(id, name, content)]).toEqual([name, expect.objectContaining({ status: 409, code: 'concern/file-not-as-said' })]);
    }
    for (const name of ['a.exe', 'a.html', 'a.svg', 'a.pdf.js']) expect([name, (await sendFile(id, name, '%PDF-1.7')).code]).toEqual([name, 'concern/file-kind-not-taken']);
    expect(await filesOf(id)).toEqual([]);
  });

  it('ASVS 5.0 V5.2.3, check 17: is no archive, whatever it is called: none is ever unpacked', async () => {
    const id = await raised();
    const archive = Buffer.concat([Buffer.from('PK\u0003\u0004\u0014\0\0\0\u0008\0', 'latin1'), Buffer.alloc(1_000, 0xff)]);
    for (const name of ['bomb.zip', 'bomb.docx', 'bomb.gz']) expect([name, (await sendFile(id, name, archive)).code]).toEqual([name, 'concern/file-kind-not-taken']);
    for (const name of ['bomb.pdf', 'bomb.txt', 'bomb.heic']) expect([name, (await sendFile(id, name, archive)).code]).toEqual([name, 'concern/file-not-as-said']);
    expect(await filesOf(id)).toEqual([]);
  });

  it('ASVS 5.0 V5.3.1, V5.3.2, V5.4.1, V5.4.2, check 18: is called what it was called and nothing more, and given back to be kept, never shown', async () => {
    const id = await raised();
    const sent = await sendFile(id, '../../../etc/cron.d/a";x=é\u2019.txt', '<script>alert(1)</script>');
    expect(await eventually(() => filesOf(id), ([file]) => file?.state === 'clean')).toMatchObject([{ name: expect.stringMatching(/^a(%22|");x=é\u2019\.txt$/) }]);
    const answer = await open(id, sent.id);
    expect([answer.status, await answer.text(), Object.fromEntries(answer.headers)]).toEqual([200, '<script>alert(1)</script>', expect.objectContaining({
      'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringContaining('sandbox'),
      'content-disposition': expect.stringMatching(/^attachment; filename="a[\w ]+\.txt"; filename\*=UTF-8''a%[\w%.]+\.txt$/),
    })]);
    expect((await sendFile(id, 'a\u202etxt.pdf', '%PDF-1.7')).code).toBe('concern/file-name-refused');
  });

  it('ASVS 5.0 V5.4.3, check 19: is held until a scanner vouches for it, and deleted where it does not', async () => {
    const id = await raised();
    const harmful = await sendFile(id, 'invoice.txt', eicar);
    await eventually(() => filesOf(id), ([file]) => file?.state === 'refused');
    expect((await open(id, harmful.id)).status).toBe(409);
    clamd.says = 'stream: no database ERROR';
    const before = clamd.scanned.length;
    const unscanned = await sendFile(id, 'notes.txt', 'Invented.');
    await eventually(async () => clamd.scanned.length, (scanned) => scanned > before);
    expect([(await open(id, unscanned.id)).status, (await filesOf(id)).map(({ state }) => state)]).toEqual([409, ['refused', 'held']]);
    clamd.says = undefined;
  });
});

describe('the log', () => {
  const lines = (): string[] => {
    const folder = join(system.home, 'logs');
    const files = readdirSync(folder).filter((name) => /^(people|triage|section42|dols|directory|metrics|staff-site|partner-site)/.test(name));
    return files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean));
  };

  it('ASVS 5.0 V16.2.1, V16.4.1, V16.5.1, checks 29 and 30: cannot be written by whoever is asked about, and has no word of theirs', async () => {
    const forged = '{"level":50,"msg":"forged-by-a-visitor"}';
    const triage = system.as('triage', 'staff-triage-1', { 'user-agent': `x ${forged}`, 'x-request-id': forged, traceparent: forged });
    await triage.get(`/concerns/${encodeURIComponent(`\n${forged}\n`)}`);
    await triage.post('/concerns', { ...raise, worry: `\n${forged}\n`, unknown: forged });
    await plain(`${system.running.sites.partner}/%0a${encodeURIComponent(forged)}`, 'GET', { 'user-agent': forged });
    const said = lines();
    expect(said.length).toBeGreaterThan(20);
    for (const line of said) expect(() => JSON.parse(line) as unknown).not.toThrow();
    type Line = { service?: string; context?: string; kind?: string; request?: string };
    const [answered, refused] = [(line: Line) => line.context === 'http', (line: Line) => line.service !== undefined && (line.kind === 'refused' || line.kind === 'not_there')].map((isOne) => said.map((line) => JSON.parse(line) as Line).filter(isOne));
    const ids = new Set(answered!.map(({ request }) => request));
    expect(refused!.length).toBeGreaterThan(0);
    for (const { request } of refused!) expect([request, ids.has(request)]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), true]);
    expect(said.filter((line) => /forged-by-a-visitor|Inventedname|Testa|example\.org|invoice\.txt|cron\.d/.test(line))).toEqual([]);
  });
});

// Last: of everything above nothing may be left where it can be read.
describe('what all this leaves behind', () => {
  const planted = ['Inventedname', 'Testa<', 'Testa ', '1940-02-29', 'NN1 1AA', 'someone@example.org', 'Bruises on both arms', 'To stay where I am', 'Unexplained bruises', 'All three limbs', 'A lost laptop', 'document.title', 'onerror', 'invoice.txt', 'cron.d'];

  it('ASVS 5.0 V14.2.4, V16.2.5: shows whoever owns the database no name, date, address, contact or word, in any table', async () => {
    const id = await raised();
    await rows();
    expect(await legibleToItsOwner(system.running.postgres.url, planted)).toEqual([]);
    expect(await legibleToItsOwner(system.running.postgres.url, [id])).toEqual(expect.arrayContaining(['triage.journal', 'triage.concern']));
  }, 60_000);

  it('ASVS 5.0 V14.2.4, V16.2.5: shows it in no file: no log, no stream, no seal and nothing of the database’s', async () => {
    const places = (found: string[]) => [...new Set(found.map((file) => file.split('/')[0]))].toSorted();
    expect(legibleOnDisk(system.home, planted)).toEqual([]);
    // What may be read is found where it lies: who acted, and of what type it was.
    expect(places(legibleOnDisk(system.home, ['staff-triage-1']))).toEqual(expect.arrayContaining(['nats', 'postgres']));
    expect(places(legibleOnDisk(system.home, ['"context":"http"']))).toEqual(['logs']);
  }, 120_000);
});
