import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import type { Page } from 'playwright-core';
import { eventually } from '../asking.ts';
import { barriers, signInAs, widths } from '../browser.ts';
import { answerSteps, everyStep } from '../concern-form.ts';
import { inABrowser } from '../in-a-browser.ts';
import { raise } from '../line.ts';
import { million } from '../oracle/million.ts';

const west = 'E06000062';
const spoiled = `C99999,${west},P0001,yesterday,email,,police,physical,community,known_to_individual,no,,,,,,,\n`;

const { system, inBrowser, visitor } = await inABrowser({}, async (started) => {
  const folder = mkdtempSync(join(tmpdir(), 'caseward-sites-'));
  await million(folder, { rows: 3_000 });
  const concerns = join(folder, 'concerns.csv');
  writeFileSync(concerns, gunzipSync(readFileSync(`${concerns}.gz`)));
  appendFileSync(concerns, spoiled);
  rmSync(`${concerns}.gz`);
  const { status, err } = await started.run('import', folder, '--json');
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(err);
});

/** Has `metrics` hold one event for a person to look at, and says where its page is. */
async function setAside(): Promise<string> {
  const contracts = await fetch(`${system.url('triage')}/internal/contracts`, { headers: await system.headersOf() });
  const { id, type } = JSON.parse((await contracts.text()).split('\n')[0]!) as { id: string; type: string };
  const client = new Client({ connectionString: system.running.postgres.url });
  await client.connect();
  await client.query(`insert into metrics.dead_letter (message_id, stream, stream_sequence, type, error_class, attempts) values ($1, 'triage', 1, $2, 'Error', 8) on conflict do nothing`, [id, type]);
  await client.end();
  return `/messages/metrics/${encodeURIComponent(id)}`;
}

const waiting = async (): Promise<number> => (await system.as('triage', 'staff-triage-1').get(`/queue?authority=${west}`)).body.total;

inBrowser.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('the partner site, %s', (_how, javaScriptEnabled) => {
  const visit = async () => {
    const visiting = await visitor({ javaScriptEnabled });
    await visiting.page.goto(system.running.sites.partner);
    await visiting.page.getByRole('button', { name: 'Raise a concern' }).click();
    return visiting;
  };

  it('gives a receipt for a concern, once, however often its button is pressed', async () => {
    const { page, context, complaints } = await visit();
    const before = await waiting();
    await answerSteps(page, everyStep);
    const sending = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Send the concern' }).dblclick();
    await page.waitForURL('**/concerns/receipt');
    expect(await page.getByText(/Your reference is/).innerText()).toMatch(/SC-\w{4}-\w{4}/);
    const sent = await sending;
    const again = await context.request.post(sent.url(), { headers: { 'content-type': 'application/x-www-form-urlencoded' }, data: sent.postData()!, maxRedirects: 0 });
    expect(again.status()).toBe(303);
    expect(await waiting()).toBe(before + 1);
    expect(page.url()).not.toContain('?');
    await page.getByRole('link', { name: /See a copy/ }).click();
    expect(await page.locator('main').innerText()).toContain('She is not eating, and nobody comes. (Invented.)');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('comes back to a step with what was typed and what is wrong with it, and to the answers from what was changed', async () => {
    const { page, context, complaints } = await visit();
    const before = await waiting();
    await page.getByLabel('First name').fill('Inventa');
    for (const [part, typed] of [['Day', '31'], ['Month', '2'], ['Year', '1940']] as const) await page.getByLabel(part, { exact: true }).fill(typed);
    const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.getByRole('button', { name: 'Continue' }).click()]);
    expect(answer.status()).toBe(303);
    await page.getByRole('link', { name: /Enter a real date of birth/ }).waitFor();
    expect(await page.getByLabel('First name').inputValue()).toBe('Inventa');
    await page.getByRole('link', { name: /Enter a real date of birth/ }).click();
    expect(new URL(page.url()).hash).toBe('#dob-day');
    await page.getByLabel('Month').fill('3');
    // Seven steps, of which the one without a worry asks once more.
    for (let pressed = 1; pressed <= 8; pressed += 1) await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Send the concern' }).click();
    await page.getByRole('link', { name: /Tell us what you are worried about/ }).click();
    expect(new URL(page.url()).hash).toBe('#worry');
    await page.getByLabel('What are you worried about?').fill('Thin. (Invented.)');
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Check your answers');
    expect(await page.locator('main').innerText()).toContain('31 March 1940');
    expect(await waiting()).toBe(before);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('keeps answers for another day and another device', async () => {
    const { page, context } = await visit();
    await answerSteps(page, everyStep.slice(0, 2));
    await page.getByLabel('Which place is that?').fill('The invented home');
    await page.getByRole('button', { name: 'Save and come back later' }).click();
    const code = await page.locator('.cw-return-code').innerText();
    await page.getByRole('button', { name: /close my answers/ }).click();
    await page.getByLabel('Your return code').waitFor();
    await page.goBack();
    expect(await page.locator('body').innerText()).not.toContain(code);
    await context.close();
    const other = await visitor({ javaScriptEnabled });
    await other.page.goto(system.running.sites.partner);
    await other.page.getByRole('link', { name: 'Go on with answers that you saved' }).click();
    await other.page.getByLabel('Your return code').fill(code.toLowerCase());
    await other.page.getByRole('button', { name: 'Go on' }).click();
    expect(await other.page.getByLabel('Which place is that?').inputValue()).toBe('The invented home');
    await other.page.getByRole('link', { name: 'Exit this page' }).or(other.page.getByRole('button', { name: 'Exit this page' })).waitFor();
    expect(other.complaints).toEqual([]);
    await other.context.close();
  });
});

inBrowser.each(widths)('every page, %d wide', (width) => {
  it.each(['/', '/is-this-safeguarding', '/easy-read', '/concerns/saved', '/concerns/new/check'])('the partners’ %s lets everybody in', async (path) => {
    expect(await look(`${system.running.sites.partner}${path}`, width)).toEqual([]);
  });

  it('lets everybody raise a concern, step by step', async () => {
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 } });
    const found: string[] = [];
    const lookHere = async () => {
      const closed = page.locator('details:not([open]) > summary:visible');
      while ((await closed.count()) > 0) await closed.first().click();
      found.push(...(await barriers(page)));
    };
    await page.goto(`${system.running.sites.partner}/concerns/new`);
    for (const step of everyStep) {
      await lookHere();
      await answerSteps(page, [step]);
    }
    await lookHere();
    await page.getByRole('button', { name: 'Save and come back later' }).click();
    await page.locator('.cw-return-code').waitFor();
    await lookHere();
    await page.goto(`${system.running.sites.partner}/concerns/new`);
    await lookHere();
    await page.goto(`${system.running.sites.partner}/concerns/new/check`);
    await page.getByRole('button', { name: 'Send the concern' }).click();
    await page.waitForURL('**/concerns/receipt');
    await lookHere();
    await page.getByRole('link', { name: /See a copy/ }).click();
    await lookHere();
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  });

  it.each(['/', '/board', '/board?authority=all', '/queues/triage', '/queues/decided', '/queues/enquiries', '/queues/dols', '/imports/quarantine', '/messages', '/organisations', '/programs', '/subject-access', '/retention', '/no-such-page'])('the staff’s %s lets everybody in', async (path) => {
    expect(await look(`${system.running.sites.staff}${path}`, width)).toEqual([]);
  });

  it('the staff’s page of a message lets everybody in', async () => {
    expect(await look(`${system.running.sites.staff}${await setAside()}`, width)).toEqual([]);
  });

  it('the staff’s page of how long a concern is kept lets everybody in', async () => {
    const { body } = await system.as('triage', 'staff-partner-1').post('/concerns', raise);
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 } });
    await openAsStaff(page, '/retention');
    await page.getByLabel('Look at one by its reference').fill(body.reference);
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByRole('button', { name: 'Put under a legal hold' }).click();
    await page.getByRole('heading', { name: 'Nothing was done' }).waitFor();
    expect([...(await barriers(page)), ...complaints]).toEqual([]);
    await context.close();
  });

  it('lets everybody mend what was refused', async () => {
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 } });
    await page.goto(`${system.running.sites.partner}/concerns/new`);
    await page.getByLabel('Day', { exact: true }).fill('31');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    const found = await barriers(page);
    await page.getByLabel('Day', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.goto(`${system.running.sites.partner}/concerns/new/check`);
    await page.getByRole('button', { name: 'Send the concern' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    expect([...found, ...(await barriers(page)), ...complaints]).toEqual([]);
    await context.close();
  });

});

/** Whose work a page of the staff site is. */
function memberFor(path: string): string {
  if (path.startsWith('/queues/enquiries')) return 'staff-manager-1';
  if (path.startsWith('/queues/dols')) return 'staff-dols-1';
  if (path.startsWith('/queues')) return 'staff-triage-1';
  return /^.(imports|messages|organisations|programs|subject-access|retention)/.test(path) ? 'staff-data-1' : 'staff-board-1';
}

/** Opens a page of the staff site as somebody whose work it is. */
async function openAsStaff(page: Page, path: string): Promise<void> {
  await page.goto(`${system.running.sites.staff}${path}`);
  await signInAs(page, memberFor(path));
  await page.waitForURL((url) => url.href.startsWith(system.running.sites.staff));
}

async function look(url: string, width: number): Promise<string[]> {
  const { page, context, complaints } = await visitor({ viewport: { width, height: 800 } });
  const { origin, pathname, search } = new URL(url);
  if (origin === system.running.sites.staff) await openAsStaff(page, `${pathname}${search}`);
  else await page.goto(url);
  // At a desk nothing shows of the menu that a phone folds.
  for (const details of await page.locator('summary:visible').all()) await details.click();
  const found = [...(await barriers(page)), ...complaints];
  await context.close();
  return found;
}

inBrowser('signing in', () => {
  it('says that it is for trying out, leads to the page that was wanted, and ends with signing out', async () => {
    const { page, context, complaints } = await visitor({ javaScriptEnabled: false });
    await page.goto(`${system.running.sites.staff}/queues/triage`);
    expect(await page.locator('main').innerText()).toContain('nobody real signs in here');
    await signInAs(page, 'staff-triage-1');
    await page.waitForURL('**/queues/triage');
    expect(await page.locator('p:visible', { hasText: 'Signed in as West triage officer 1 (invented)' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out here too' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    for (let back = 0; back < 4; back += 1) {
      await page.goBack().catch(() => null);
      expect(await page.locator('body').innerText()).not.toContain('awaiting triage');
    }
    await page.goto(`${system.running.sites.staff}/queues/triage`);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Who do you want to be?');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each(widths)('lets everybody in, %d wide', async (width) => {
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 } });
    await page.goto(system.running.sites.staff);
    expect([...(await barriers(page)), ...complaints]).toEqual([]);
    await context.close();
  });

  it('is open to partners, who then raise concerns in their own name, and shows others what they cannot do', async () => {
    const { page, context } = await visitor({ javaScriptEnabled: false });
    await page.goto(system.running.sites.partner);
    await page.getByRole('link', { name: 'Sign in for partner organisations' }).click();
    await signInAs(page, 'staff-partner-1');
    await page.locator('p:visible', { hasText: 'Signed in as West partner 1 (invented)' }).waitFor();
    // One provider for both sites, and no session of the one by being signed in at the other.
    await page.goto(`${system.running.sites.staff}/queues/triage`);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Show again that it is you');
    await signInAs(page, 'staff-partner-1');
    await page.getByRole('heading', { name: 'You cannot do that' }).waitFor();
    await context.close();
  });
});

inBrowser.each(widths)('a subject access request, %d wide', (width) => {
  it('is answered by a data manager who signs in again, with a document that opens anywhere', async () => {
    const person = { givenName: 'Packa', familyName: `Wide${width}`, dateOfBirth: `${width === 375 ? 1941 : 1952}-03-02` };
    const { body } = await system.as('triage', 'staff-partner-1').post('/concerns', { ...raise, person });
    await eventually(async () => (await system.as('triage', 'staff-triage-1').get(`/concerns/${body.id}`)).body.personId, (personId) => personId !== null);
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 } });
    await openAsStaff(page, '/subject-access');
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await signInAs(page, 'staff-data-1');
    await page.getByLabel('The reference of a record about the person').fill(body.reference);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Say in one line why', { exact: false }).first().waitFor();
    const found = await barriers(page);
    await page.getByLabel('Why you need it').fill('Request 12 of 1 July 2026');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Is this who asks?' }).waitFor();
    expect(await page.locator('main').innerText()).toContain(`Packa Wide${width}`);
    found.push(...(await barriers(page)));
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download to read and print' }).click()]);
    expect([file.suggestedFilename(), new URL(page.url()).pathname]).toEqual([expect.stringMatching(/^subject-access-[\d-]+\.html$/), '/subject-access']);
    const [document, opened] = [readFileSync(await file.path(), 'utf8'), await context.newPage()];
    await opened.setContent(document);
    found.push(...(await barriers(opened)));
    const said = await opened.locator('main').innerText();
    for (const text of [body.reference, `Wide${width}`, raise.worry, 'Look at this: it tells who raised it, or how to reach them.', 'No program can tell']) expect(said).toContain(text);
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  });
});

inBrowser('the staff site, without JavaScript', () => {
  const visit = async (path: string) => {
    const visiting = await visitor({ javaScriptEnabled: false });
    await openAsStaff(visiting.page, path);
    return visiting;
  };
  // What is ticked is no column of what waits.
  const cells = (page: Page, column: number) => page.locator(`tbody tr > :nth-child(${column} of :not(.cw-tick))`).allInnerTexts();

  it('shows the board every measure, each with a chart, a table and a CSV file', async () => {
    const { page, context } = await visit(`/board?authority=${west}&as_of=2025-07-31`);
    const measures = await page.locator('.cw-measure').all();
    expect(measures.length).toBeGreaterThanOrEqual(9);
    for (const measure of measures) {
      expect(await measure.locator('svg.cw-chart').count()).toBeGreaterThan(0);
      const link = await measure.getByRole('link', { name: /^CSV file/ }).getAttribute('href');
      const answer = await context.request.get(new URL(link!, page.url()).href);
      expect([answer.status(), answer.headers()['content-type']]).toEqual([200, expect.stringContaining('text/csv')]);
      expect(answer.headers()['content-disposition']).toContain('attachment');
      expect(parse(await answer.body(), { columns: true, bom: true }).length).toBeGreaterThan(0);
    }
    await context.close();
  });

  it('filters, sorts and pages a queue', async () => {
    const dols = system.as('dols', 'staff-dols-1');
    for (let made = 0; made < 50; made += 1) expect((await dols.post('/requests', { authority: west })).status).toBe(201);
    const { page, context } = await visit(`/queues/dols?authority=${west}`);
    await page.getByLabel('Kind').selectOption('New');
    await page.getByRole('button', { name: 'Show' }).click();
    expect((await cells(page, 5)).every((kind) => kind.startsWith('New'))).toBe(true);
    await page.getByRole('link', { name: 'Reference' }).click();
    const first = await cells(page, 1);
    expect([first.length, first]).toEqual([50, first.toSorted()]);
    await page.getByRole('link', { name: /^Next/ }).click();
    const second = await cells(page, 1);
    expect(second[0]! > first.at(-1)!).toBe(true);
    await page.getByRole('link', { name: /^Reference/ }).click();
    const downwards = await cells(page, 1);
    expect(downwards).toEqual(downwards.toSorted().toReversed());
    expect((await cells(page, 5)).every((kind) => kind.startsWith('New'))).toBe(true);
    await context.close();
  });

  it('shows the queues of triage and of enquiries', async () => {
    const { page, context } = await visit('/queues');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Concerns awaiting triage');
    expect((await cells(page, 4)).every((clock) => /late by|left/.test(clock))).toBe(true);
    await context.close();
    const enquiries = await visit('/queues/enquiries');
    expect((await cells(enquiries.page, 1)).length).toBeGreaterThan(0);
    await enquiries.context.close();
  });

  it('shows a message that was set aside, and sends it again with a reason', async () => {
    await setAside();
    const { page, context } = await visit('/messages?service=metrics');
    await page.getByRole('link', { name: /^Read and send again/ }).click();
    expect(await page.getByRole('region', { name: 'What the message says' }).innerText()).toContain('"source": "triage"');
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('heading', { name: 'The message was not taken' }).waitFor();
    await page.getByLabel('Why it is sent again').fill('What kept it was mended.');
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('The message was taken by metrics.').waitFor();
    expect(await page.getByText('No message waits with metrics.').count()).toBe(1);
    await context.close();
  });

  it('keeps a concern for an inquiry, by its reference, until that is over', async () => {
    const { body } = await system.as('triage', 'staff-partner-1').post('/concerns', raise);
    const { page, context } = await visit('/retention');
    await page.getByLabel('Look at one by its reference').fill(body.reference);
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByRole('button', { name: 'Put under a legal hold' }).click();
    await page.getByRole('heading', { name: 'Nothing was done' }).waitFor();
    await page.getByLabel('Who needs it to be kept, and why').fill('A notice of an inquiry. (Invented.)');
    await page.getByRole('button', { name: 'Put under a legal hold' }).click();
    await page.getByText('It is kept until the legal hold is lifted.').waitFor();
    expect(page.url()).not.toContain(body.reference);
    await page.getByLabel('Why it need not be kept any more').fill('It is over. (Invented.)');
    await page.getByRole('button', { name: 'Lift the legal hold' }).click();
    await page.getByText('The legal hold is lifted.').waitFor();
    await context.close();
  });

  it('lists a row that was set aside, gives it as CSV, and takes it once it is mended', async () => {
    const { page, context } = await visit('/imports/quarantine');
    const csv = await context.request.get(`${system.running.sites.staff}/imports/quarantine.csv?file=concerns`);
    expect(await csv.text()).toContain('C99999');
    await page.getByRole('link', { name: /^Mend/ }).click();
    await page.getByRole('button', { name: 'Mend and take' }).click();
    await page.getByRole('heading', { name: 'The row was not taken' }).waitFor();
    const before = await waiting();
    await page.getByLabel('received_at').fill('2025-07-30T09:00:00+01:00');
    await page.getByRole('button', { name: 'Mend and take' }).click();
    await page.getByText('was mended and taken').waitFor();
    expect(await waiting()).toBe(before + 1);
    await context.close();
    const triage = await visit(`/queues/triage?authority=${west}`);
    await eventually(() => triage.page.reload().then(() => cells(triage.page, 1)), (references) => references.some((text) => text.startsWith('C99999')));
    await triage.context.close();
  });
});
