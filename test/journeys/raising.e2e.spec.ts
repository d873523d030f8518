import { barriers, signInAs, widths } from '../browser.ts';
import { answerSteps, everyStep } from '../concern-form.ts';
import { inABrowser } from '../in-a-browser.ts';
import { pictured, pictureRaising } from '../pictures.ts';

const { system, inBrowser, visitor } = await inABrowser();

inBrowser.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('whoever raises a concern, %s', (_how, javaScriptEnabled) => {
  const visit = async () => {
    const visiting = await visitor({ javaScriptEnabled });
    await visiting.page.goto(`${system.running.sites.partner}/concerns/new`);
    return visiting;
  };

  it('loses nothing that was typed by going back, elsewhere on the site, to a page of help or to sign in, and goes on by Enter', async () => {
    const { page, context, complaints } = await visit();
    await answerSteps(page, everyStep.slice(0, 2));
    const place = page.getByLabel('Which place is that?');
    await place.fill('The invented ward');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    expect(await page.getByLabel('What are you worried about?').inputValue()).toContain('She is not eating');
    await page.getByLabel('When did it happen').press('Enter');
    await place.waitFor();
    expect(await place.inputValue()).toBe('The invented ward');
    await place.fill('The invented flat');
    await page.getByRole('button', { name: 'Follow a concern' }).click();
    await page.getByRole('link', { name: 'Raise a concern' }).click();
    await page.getByRole('button', { name: 'Go on with them' }).click();
    expect(await place.inputValue()).toBe('The invented flat');
    await place.fill('The invented home');
    await page.getByRole('button', { name: 'Easy Read' }).click();
    await page.getByRole('link', { name: 'Back to your answers' }).click();
    expect(await place.inputValue()).toBe('The invented home');
    await place.fill('The invented house');
    await page.getByRole('button', { name: 'Sign in for partner organisations' }).click();
    await signInAs(page, 'staff-partner-1');
    await place.waitFor();
    expect([await place.inputValue(), await page.locator('p:visible', { hasText: 'Signed in as' }).count()]).toEqual(['The invented house', 1]);
    await page.goto(`${system.running.sites.partner}/concerns/new/you`);
    expect(await page.getByLabel('Your name').inputValue()).toBe('West partner 1 (invented)');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out here too' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await page.goto(`${system.running.sites.partner}/concerns/new/check`);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Your answers are not open here');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('adds a photograph once it is sent, which is held until it was checked', async () => {
    const { page, context, complaints } = await visit();
    await answerSteps(page, everyStep);
    await page.getByRole('button', { name: 'Send the concern' }).click();
    await page.getByRole('button', { name: 'Add photographs or documents now' }).click();
    const found = javaScriptEnabled ? await barriers(page) : [];
    await page.getByRole('button', { name: 'Add this file' }).click();
    await page.getByRole('link', { name: 'Choose a file' }).waitFor();
    await page.getByLabel('Choose a photograph or a document').setInputFiles({ name: 'IMG_1.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\r\n\x1a\n an invented picture', 'latin1') });
    await page.getByRole('button', { name: 'Add this file' }).click();
    await page.getByText('picture (PNG), 1 KB').waitFor();
    await page.getByLabel('Choose a photograph or a document').setInputFiles({ name: 'letter.docx', mimeType: '', buffer: Buffer.from('PK invented') });
    await page.getByRole('button', { name: 'Add this file' }).click();
    await page.getByRole('link', { name: 'a Word document can be saved as a PDF' }).waitFor();
    expect([await page.locator('main').innerText(), javaScriptEnabled ? await barriers(page) : []]).toEqual([expect.stringMatching(/Held: we have it/), []]);
    await page.getByRole('link', { name: 'Back to your receipt' }).click();
    const [reference] = /SC-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.locator('main').innerText())!;
    const { items: [concern] } = (await system.as('triage', 'staff-triage-1').post('/concerns/find', { reference })).body;
    const officer = await visitor({ javaScriptEnabled });
    await officer.page.goto(`${system.running.sites.staff}/concerns/${concern.id}`);
    await signInAs(officer.page, 'staff-triage-1');
    await officer.page.getByText('IMG_1.png').first().waitFor();
    expect([await officer.page.getByText('Held, unchecked').count(), await officer.page.getByRole('link', { name: 'IMG_1.png' }).count()]).toEqual([1, 0]);
    await officer.page.getByRole('link', { name: 'Add a file' }).click();
    await officer.page.getByLabel('A photograph or a document').setInputFiles({ name: 'report.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 invented') });
    if (javaScriptEnabled) found.push(...(await barriers(officer.page)));
    await officer.page.getByRole('button', { name: 'Add this file' }).click();
    await officer.page.getByText('report.pdf').first().waitFor();
    expect([...found, ...complaints, ...officer.complaints]).toEqual([]);
    await Promise.all([context.close(), officer.context.close()]);
  }, 60_000);

  it('asks in a second tab before it writes over what was begun in the first', async () => {
    const { page, context } = await visit();
    const second = await context.newPage();
    await second.goto(`${system.running.sites.partner}/concerns/new/person`);
    await answerSteps(page, everyStep.slice(0, 1));
    await answerSteps(second, [(tab) => tab.getByLabel('First name').fill('Otherina')]);
    await second.getByRole('heading', { name: 'Other answers are open here' }).waitFor();
    expect([await second.getByLabel('First name').inputValue(), ...(javaScriptEnabled ? await barriers(second) : [])]).toEqual(['Otherina']);
    await second.getByRole('button', { name: 'Close the open answers' }).click();
    await second.getByLabel('What are you worried about?').waitFor();
    await second.goto(`${system.running.sites.partner}/concerns/new/check`);
    expect(await second.locator('main').innerText()).not.toContain('Inventa');
    await context.close();
  });
});

inBrowser('a page of the form that was left open', () => {
  it('asks in time whether somebody goes on, keeps what they typed where they do, and shows nothing of it where not', async () => {
    const { page, context, complaints } = await visitor({ viewport: { width: 375, height: 800 } });
    await page.clock.install();
    await page.goto(`${system.running.sites.partner}/concerns/new`);
    await answerSteps(page, everyStep.slice(0, 1));
    const worry = page.getByLabel('What are you worried about?');
    await worry.fill('Thin. (Invented.)');
    await page.clock.fastForward('03:56:00');
    await page.getByRole('dialog', { name: 'Your answers are about to be deleted' }).waitFor();
    const found = await barriers(page);
    expect(await page.locator(':focus').innerText()).toBe('Go on, and keep what I typed');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await worry.inputValue()).toBe('Thin. (Invented.)');
    await page.clock.fastForward('04:01:00');
    await page.waitForURL('**/concerns/new/check');
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  });
});

inBrowser.each(widths)('what does not look right, %d wide', (width) => {
  it('is looked at again, and sent as it is', async () => {
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 } });
    await page.goto(`${system.running.sites.partner}/concerns/new`);
    await page.getByText('More about them, if you know it').click();
    await page.getByLabel('NHS number').fill('999 000 0019');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Look again before you go on' }).waitFor();
    const found = await barriers(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('What are you worried about?').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Who is at risk?' }).waitFor();
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  });

  it('is something else that happened whose kind was left out, which is asked for and checked with the rest', async () => {
    const { page, context, complaints } = await visitor({ viewport: { width, height: 800 } });
    await page.goto(`${system.running.sites.partner}/concerns/new`);
    await answerSteps(page, everyStep.slice(0, 2));
    await page.getByText('Something else as well, somewhere else or by somebody else').click();
    await page.getByLabel('Second: where does it happen?').selectOption('community');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Look again before you go on' }).waitFor();
    const found = await barriers(page);
    await page.getByLabel('Second: what kind of abuse or neglect?').selectOption('financial_or_material');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Is there danger now?' }).waitFor();
    await page.goto(`${system.running.sites.partner}/concerns/new/check`);
    expect(await page.locator('main').innerText()).toContain('Financial or material abuse');
    expect([...found, ...(await barriers(page)), ...complaints]).toEqual([]);
    await context.close();
  });
});

// Not a journey: what the README shows, made anew where somebody asks for it.
if (process.env['README_PICTURES'] === 'yes') {
  inBrowser('what the README shows', () => {
    it('is as the form is', async () => {
      const { page, context } = await visitor({ viewport: pictured });
      await page.goto(`${system.running.sites.partner}/concerns/new`);
      await pictureRaising(page);
      await context.close();
    });
  });
}
