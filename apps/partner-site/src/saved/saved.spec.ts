import { aPartnerSite, partner, pathOf, siteUrl } from '../../test/a-partner-site.js';

const { site, rows } = await aPartnerSite();
const day = 24 * 60 * 60_000;

const codeIn = (text: string): string => /cw-return-code">(.+?)<\/p>/.exec(text)![1]!.replaceAll(/<[^>]+>/g, '');

/** A browser with answers in it, and the code under which they are saved. */
async function saved() {
  const browser = site.browser();
  await site.answer(browser, 'person', { given_name: 'Inventa' });
  const page = await site.answer(browser, 'what-happened', { worry: 'Thin. (Invented.)', then: 'save' });
  return { browser, page, code: codeIn(page.text) };
}
/** A browser in which a code was typed, and that has not yet gone where the answer leads. */
async function answered(code: string) {
  const browser = site.browser();
  const form = /name="_csrf" value="([^"]+)"/.exec((await site.get(browser, '/concerns/saved')).text)![1]!;
  expect((await browser.open(`${siteUrl}/concerns/saved`, { form: { _csrf: form, code }, stay: true })).status).toBe(303);
  return browser;
}
/** A browser in which a code was typed. */
async function typed(code: string) {
  const browser = site.browser();
  await type(code, browser);
  return browser;
}
const type = (code: string, browser = site.browser()) => site.send(browser, '/concerns/saved', { code });

describe('saving', () => {
  it('keeps what was typed last too, and shows a code that is in no address', async () => {
    const { browser, page, code } = await saved();
    expect([pathOf(page), page.url.includes(code), page.text.includes('29 July 2026')]).toEqual(['/concerns/new/save', false, true]);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(codeIn((await site.get(browser, '/concerns/new/save')).text)).toBe(code);
  });
  it('says again to call 999 where somebody is in danger now, and that nothing was sent', async () => {
    const { browser, page } = await saved();
    expect(page.text).not.toContain('Nothing has been sent, and nobody knows of it');
    const { text } = await site.answer(browser, 'safety', { immediate_risk: 'yes', then: 'save' });
    for (const said of ['somebody is in danger now. Nothing has been sent, and nobody knows of it. Call <a', 'go on and send it, or ring']) expect(text).toContain(said);
  });
  it('can close the answers on this device', async () => {
    const { browser, code } = await saved();
    const closed = await site.send(browser, '/concerns/new/save', {}, '/concerns/new/close');
    expect([pathOf(closed), closed.text.includes('Your answers are closed on this device')]).toEqual(['/concerns/saved', true]);
    expect((await site.get(browser, '/concerns/saved')).text).not.toContain('Your answers are closed');
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(410);
    expect(pathOf(await type(code))).toBe('/concerns/new/what-happened');
  });
});

describe('answers that nobody saved', () => {
  it('are kept for as long as their browser opens them, and saved ones for 28 days', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Inventa' });
    const endsInHours = () => [...rows.rows.values()].map(({ endsAt }) => (endsAt.getTime() - site.now) / 3_600_000);
    expect(endsInHours()).toEqual([4]);
    expect(pathOf(await site.get(browser, '/concerns/new/save'))).toBe('/concerns/new/check');
    await site.send(browser, '/concerns/new/check', {}, '/concerns/new/save');
    expect(endsInHours()).toEqual([28 * 24]);
    site.now += 4 * 60 * 60_000;
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(410);
  });
});

describe('a return code', () => {
  it('opens the answers where they were left, on another device, once', async () => {
    const { browser, code } = await saved();
    const other = site.browser();
    const opened = await type(code.toLowerCase().replaceAll('-', ' '), other);
    expect([pathOf(opened), opened.text.includes('Thin. (Invented.)')]).toEqual(['/concerns/new/what-happened', true]);
    expect((await type(code)).status).toBe(400);
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(410);
    expect((await site.get(other, '/concerns/new/check')).text).toContain('Inventa');
  });
  it('opens them once, also for two at the same time', async () => {
    const { code } = await saved();
    const both = await Promise.all([type(code), type(code)]);
    const [first, second] = both.map(({ status }) => status).toSorted();
    expect([first, [400, 410].includes(second!)]).toEqual([200, true]);
  });
  it('is not used up by an answer that never arrived', async () => {
    const { browser, code } = await saved();
    await answered(code);
    await answered(code);
    expect((await site.get(browser, '/concerns/new/check')).text).toContain('Inventa');
    expect((await type(code)).text).toContain('Thin. (Invented.)');
  });
  it('opens what was answered last, also where that was after it was typed', async () => {
    const { browser, code } = await saved();
    const other = await answered(code);
    await site.answer(browser, 'harm', { place: 'The invented ward' });
    expect((await site.get(other, '/concerns/new/check')).text).toContain('The invented ward');
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(410);
  });
  it('opens nothing by a browser that comes back too late', async () => {
    const { browser, code } = await saved();
    const other = await answered(code);
    site.now += 10 * 60_000;
    expect((await site.get(other, '/concerns/new/check')).status).toBe(410);
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(200);
  });
  it('asks first where other answers are open, and shows how to come back to them', async () => {
    const { code } = await saved();
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Otherina' });
    const asked = await type(code, browser);
    expect([asked.status, asked.text.includes('Other answers are open here'), asked.text.includes('Thin.')]).toEqual([409, true, false]);
    expect((await site.get(browser, '/concerns/new/check')).text).toContain('Otherina');
    const hidden = Object.fromEntries([...asked.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!]));
    const opened = await browser.open(`${siteUrl}/concerns/saved`, { form: hidden });
    expect([pathOf(opened), opened.text.includes('Thin. (Invented.)')]).toEqual(['/concerns/new/what-happened', true]);
    expect((await site.get(await typed(codeIn(asked.text)), '/concerns/new/check')).text).toContain('Otherina');
  });
  it('says nothing of what somebody else has open, and still asks first', async () => {
    const { code } = await saved();
    const browser = site.browser();
    site.visitor = partner();
    await site.answer(browser, 'person', { given_name: 'Otherina' });
    site.visitor = undefined;
    const asked = await type(code, browser);
    expect([asked.status, asked.text.includes('Somebody who was signed in began them'), asked.text.includes('cw-return-code')]).toEqual([409, true, false]);
  });
  it.each(['', 'nonsense', '0000-0000-0000-0000-0000-0000-0000'])('that is none says so, with a telephone number: %j', async (code) => {
    const { status, text } = await type(code);
    expect([status, text.includes('There is a problem'), text.includes('01632 960 999')]).toEqual([400, true, true]);
  });
  it('that was left empty is asked for', async () => {
    expect((await type(' ')).text).toContain('Enter your return code');
    expect((await type('nonsense')).text).toContain('This is not a code of ours');
  });

  it('opens nothing after 28 days', async () => {
    const { code } = await saved();
    site.now += 28 * day;
    const { status, text } = await type(code);
    expect([status, text.includes('28 days may be over')]).toEqual([400, true]);
  });
  it('opens nothing once the concern is sent', async () => {
    const { browser, code } = await saved();
    await site.send(browser, '/concerns/new/check');
    expect((await type(code)).status).toBe(400);
  });
});

describe('answers that are not there any more', () => {
  it('are no empty error: the page says why, and what to do', async () => {
    for (const path of ['/concerns/new/harm', '/concerns/new/check', '/concerns/new/save']) {
      const { status, text } = await site.get(site.browser(), path);
      expect(status).toBe(410);
      for (const part of ['Your answers are not open here', '/concerns/saved', '01632 960 999']) expect(text).toContain(part);
    }
  });
  it('leave what was typed last, and say what happened', async () => {
    const { browser } = await saved();
    const form = /name="_csrf" value="([^"]+)"/.exec((await site.get(browser, '/concerns/new/harm')).text)![1]!;
    rows.rows.clear();
    const page = await browser.open(`${siteUrl}/concerns/new/harm`, { form: { _csrf: form, place: 'The invented ward' } });
    expect([pathOf(page), page.text.includes('Your earlier answers had been closed'), page.text.includes('The invented ward')]).toEqual(['/concerns/new/check', true, true]);
  });
  it('are those of whoever left by “Exit this page”', async () => {
    const { browser } = await saved();
    const { url } = await browser.open(`${siteUrl}/exit`, { stay: true });
    expect(url).toBe('https://www.bbc.co.uk/weather');
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(410);
  });
});
