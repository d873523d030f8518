import { barriers, signInAs, widths } from '../browser.ts';
import { answerSteps, everyStep } from '../concern-form.ts';
import { inABrowser } from '../in-a-browser.ts';

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

  it('loses nothing that was typed by going back, to a page of help or to sign in, and goes on by Enter', async () => {
    const { page, context, complaints } = await visit();
    await answerSteps(page, everyStep.slice(0, 2));
    const place = page.getByLabel('Which place is that?');
    await place.fill('The invented ward');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    expect(await page.getByLabel('What are you worried about?').inputValue()).toContain('She is not eating');
    await page.getByLabel('When did it happen').press('Enter');
    await place.waitFor();
    expect(await place.inputValue()).toBe('The invented ward');
    await place.fill('The invented home');
    await page.getByRole('button', { name: 'Easy Read' }).click();
    await page.getByRole('link', { name: 'Back to your answers' }).click();
    expect(await place.inputValue()).toBe('The invented home');
    await place.fill('The invented house');
    await page.getByRole('button', { name: 'Sign in for partner organisations' }).click();
    await signInAs(page, 'staff-partner-1');
    await place.waitFor();
    expect([await place.inputValue(), await page.getByText('Signed in as').count()]).toEqual(['The invented house', 1]);
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
    await page.getByRole('dialog', { name: 'Your answers are about to close' }).waitFor();
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
    expect([...found, ...complaints]).toEqual([]);
    await context.close();
  });
});
