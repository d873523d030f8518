import { APartnerSite, pathOf, siteUrl } from '../../test/a-partner-site.js';
import { MemoryRows } from '../../test/memory-rows.js';

const day = 24 * 60 * 60_000;
const rows = new MemoryRows();
let site: APartnerSite;
beforeAll(async () => {
  site = await APartnerSite.start({ draftRows: rows });
});
afterAll(() => site.close());
beforeEach(() => site.reset());

const codeIn = (text: string): string => /cw-return-code">([0-9A-Z-]+)</.exec(text)![1]!;

/** A browser with answers in it, and the code under which they are saved. */
async function saved() {
  const browser = site.browser();
  await site.answer(browser, 'person', { given_name: 'Inventa' });
  const page = await site.answer(browser, 'what-happened', { worry: 'Thin. (Invented.)', then: 'save' });
  return { browser, page, code: codeIn(page.text) };
}
const type = (code: string, browser = site.browser()) => site.send(browser, '/concerns/saved', { code });

describe('saving', () => {
  it('keeps what was typed last too, and shows a code that is in no address', async () => {
    const { browser, page, code } = await saved();
    expect([pathOf(page), page.url.includes(code), page.text.includes('29 July 2026')]).toEqual(['/concerns/new/save', false, true]);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(codeIn((await site.get(browser, '/concerns/new/save')).text)).toBe(code);
  });
  it('can close the answers on this device', async () => {
    const { browser, code } = await saved();
    await site.send(browser, '/concerns/new/save', {}, '/concerns/new/close');
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(410);
    expect(pathOf(await type(code))).toBe('/concerns/new/what-happened');
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
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  });
  it.each(['', 'nonsense', '0000-0000-0000-0000-0000'])('that is none says so, with a telephone number: %j', async (code) => {
    const { status, text } = await type(code);
    expect([status, text.includes('There is a problem'), text.includes('01632 960 999')]).toEqual([400, true, true]);
  });
  it('opens nothing after 28 days, and then nothing is kept', async () => {
    const { code } = await saved();
    site.now += 28 * day;
    const { status, text } = await type(code);
    expect([status, text.includes('28 days may be over')]).toEqual([400, true]);
    const before = rows.rows.size;
    await site.answer(site.browser(), 'person', {});
    expect(rows.rows.size).toBeLessThan(before);
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
