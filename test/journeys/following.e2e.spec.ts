import { existsSync, mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { eventually } from '../asking.ts';
import { barriers, signInAs, widths } from '../browser.ts';
import { answerSteps, everyStep } from '../concern-form.ts';
import { inABrowser } from '../in-a-browser.ts';
import { raise } from '../line.ts';

const email = 'neighbour@example.test';

const { system, inBrowser, visitor } = await inABrowser();

const no = { answer: 'no', reason: 'Invented.' };
const decision = {
  limbs: { needs: no, risk: no, unable: no }, outcome: 'no_further_action', reason: 'Invented.', notSafeguardingReason: 'care_needs_only', sarReferral: false,
  wishes: { asked: 'asked_not_expressed' },
  circumstances: { protection: { answer: 'not_needed' }, mentalCapacity: { answer: 'has_capacity' }, consent: { answer: 'given' }, advocacy: { support: 'not_needed' } },
};

/** A concern raised by somebody who gave an email address, and its reference. */
async function raised(page: Page, look: (page: Page, name: string) => Promise<void>): Promise<string> {
  await page.goto(`${system.running.sites.partner}/concerns/new`);
  await look(page, 'form');
  await answerSteps(page, [...everyStep.slice(0, -1), async (one) => {
    await one.getByLabel('Your name').fill('A Neighbour');
    await one.getByLabel('Email', { exact: true }).fill(email);
  }]);
  await look(page, 'check');
  await page.getByRole('button', { name: 'Send the concern' }).click();
  const panel = await page.locator('.govuk-panel').innerText();
  return /SC-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(panel)![0];
}

/** Looks at a page for what keeps people out, and takes a picture where somebody wants to look at it. */
async function looked(page: Page, name: string, runsScripts: boolean): Promise<string[]> {
  const folder = process.env['PICTURES'];
  if (folder) {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  }
  return runsScripts ? barriers(page) : [];
}

inBrowser.each(widths.flatMap((width) => [[width, 'with', true], [width, 'without', false]] as const))('a concern that was raised without an account, %d wide, %s JavaScript', (width, how, javaScriptEnabled) => {
  it('is followed by a code, and tells what was written once it is decided', async () => {
    const found: string[] = [];
    const public_ = await visitor({ viewport: { width, height: 800 }, javaScriptEnabled });
    const staff = await visitor({ viewport: { width, height: 800 }, javaScriptEnabled });
    const look = async (page: Page, name: string): Promise<void> => {
      found.push(...(await looked(page, `${name}-${width}-${how}`, javaScriptEnabled)));
    };
    const { page } = public_;
    const reference = await raised(page, look);
    await look(page, 'receipt');
    await page.getByRole('link', { name: 'see how it goes on' }).click();
    await look(page, 'ask');
    await page.getByLabel('The reference of your concern').fill(reference.toLowerCase());
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByText('under Outbox').waitFor();
    await look(page, 'code');

    await staff.page.goto(`${system.running.sites.staff}/outbox`);
    await signInAs(staff.page, 'staff-triage-1');
    const message = staff.page.getByRole('listitem').filter({ hasText: reference });
    for (let tries = 0; tries < 20 && (await message.count()) === 0; tries += 1) await staff.page.reload();
    await look(staff.page, 'outbox');
    const code = /\b\d{6}\b/.exec(await message.first().innerText())![0];

    await page.getByLabel('The code').fill('000000' === code ? '000001' : '000000');
    await page.getByRole('button', { name: 'See how it goes on' }).click();
    await page.getByText('This code opens nothing').first().waitFor();
    await look(page, 'wrong-code');
    await page.getByLabel('The code').fill(code);
    await page.getByRole('button', { name: 'See how it goes on' }).click();
    await page.getByRole('heading', { name: `Your concern ${reference}` }).waitFor();
    expect(await page.locator('[aria-current=step]').innerText()).toContain('We have it');
    await look(page, 'received');
    await page.getByRole('link', { name: 'Add photographs or documents' }).click();
    await page.getByLabel('Choose a photograph or a document').setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([Buffer.from('%PDF-1.7 invented'), Buffer.alloc(3_000_000)]) });
    await page.getByRole('button', { name: 'Add this file' }).click();
    await page.getByText('PDF, 3.0 MB').waitFor();
    expect(await page.locator('main').innerText()).toMatch(/What you have added[^]*Held: we have it/);
    await look(page, 'followed-files');
    await page.getByRole('link', { name: 'Back to your concern' }).click();
    await page.getByRole('button', { name: /tell us more/i }).click();
    await page.getByLabel('What you can tell us').waitFor();
    await look(page, 'more');
    await page.getByLabel('What you can tell us').fill('It was on Sunday. (Invented.)');
    await page.getByRole('group', { name: 'Are they in danger now?' }).getByLabel('Yes').check();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('heading', { name: 'We have what you wrote' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('Call 999 if they are in danger now');
    await look(page, 'more-told');
    await page.getByRole('button', { name: 'I am done' }).click();

    const id = /concerns\/([0-9a-f-]{36})/.exec((await message.first().getByRole('link').getAttribute('href'))!)![1]!;
    const officer = system.as('triage', 'staff-triage-1');
    await staff.page.goto(`${system.running.sites.staff}/concerns/${id}`);
    await staff.page.getByText('The person is said to be in danger now').waitFor();
    await look(staff.page, 'in-danger');
    const { etag } = await officer.get(`/concerns/${id}`);
    expect((await officer.post(`/concerns/${id}/triage`, decision, { etag })).status).toBe(200);
    await staff.page.goto(`${system.running.sites.staff}/concerns/${id}/tell`);
    await look(staff.page, 'tell');
    await staff.page.getByLabel('What they are told').fill(`${await staff.page.getByLabel('What they are told').inputValue()}\n\nInventa is safe.`);
    await staff.page.getByLabel(`Send it by email, to ${email}`).check();
    await staff.page.getByRole('button', { name: 'Record' }).click();
    await staff.page.getByRole('heading', { name: 'Read it once more before it goes' }).waitFor();
    await look(staff.page, 'tell-once-more');
    await staff.page.getByRole('button', { name: 'Change it' }).click();
    await staff.page.getByLabel('What they are told').fill((await staff.page.getByLabel('What they are told').inputValue()).replace('Inventa is safe.', 'Thank you.'));
    await staff.page.getByRole('button', { name: 'Record' }).click();
    await staff.page.getByRole('button', { name: 'Send it as it is' }).click();
    await staff.page.getByText('It is recorded.').first().waitFor();
    await look(staff.page, 'told');

    const told = page.getByRole('heading', { name: 'What we wrote to you' });
    for (let tries = 0; tries < 20 && (await told.count()) === 0; tries += 1) await page.reload();
    expect(await page.locator('main').innerText()).toContain('Thank you for telling us of your concern');
    expect(await page.locator('main').innerText()).not.toContain('Inventa');
    await look(page, 'decided');
    await page.getByRole('button', { name: 'Close this on this device' }).click();
    await page.goto(`${system.running.sites.partner}/concerns/follow/news`);
    await page.getByRole('heading', { name: 'You do not follow a concern here any more' }).waitFor();
    await look(page, 'over');
    await staff.page.goto(`${system.running.sites.staff}/queues/unsent`);
    await staff.page.getByRole('heading', { name: 'Messages that have not arrived' }).waitFor();
    await look(staff.page, 'unsent');
    expect([...found, ...public_.complaints, ...staff.complaints]).toEqual([]);
    await Promise.all([public_.context.close(), staff.context.close()]);
  }, 120_000);
});

inBrowser.each([['with', true], ['without', false]] as const)('danger that is told after the decision, %s JavaScript', (_how, javaScriptEnabled) => {
  it('stands first for every officer until one says that it was seen to', async () => {
    const [officer, partner] = [system.as('triage', 'staff-triage-1'), system.as('triage', 'staff-partner-1')];
    const { body: { id } } = await partner.post('/concerns', raise);
    const { etag } = await eventually(() => officer.get(`/concerns/${id}`), ({ body: { personId } }) => personId !== null);
    expect((await officer.post(`/concerns/${id}/triage`, decision, { etag })).status).toBe(200);
    expect((await partner.post(`/concerns/${id}/more`, { inDanger: 'yes' })).status).toBe(201);
    const { page, context, complaints } = await visitor({ javaScriptEnabled });
    await page.goto(system.running.sites.staff);
    await signInAs(page, 'staff-triage-2');
    const rings = page.getByRole('region', { name: 'Danger told after the decision' }).locator(`a[href="/concerns/${id}"]`);
    await rings.waitFor();
    const found = javaScriptEnabled ? await barriers(page) : [];
    await rings.click();
    await page.getByRole('button', { name: 'Open it again' }).waitFor();
    await page.getByRole('link', { name: 'Say that the danger was seen to' }).click();
    await page.getByLabel('What was done about the danger').fill('The police are with her. (Invented.)');
    await page.getByRole('button', { name: 'It was seen to' }).click();
    await page.getByText('It is recorded that the danger was seen to').waitFor();
    await page.goto(`${system.running.sites.staff}/queues/triage?immediateRisk=yes`);
    expect(await rings.count()).toBe(0);
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  });
});
