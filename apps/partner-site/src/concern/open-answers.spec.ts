import { aPartnerSite, hiddenIn, partner, pathOf } from '../../test/a-partner-site.js';

const { site, rows, post, answers } = await aPartnerSite();

describe('two tabs of one browser', () => {
  /** A first page for each of two people, opened before anything was typed. */
  async function twoTabs() {
    const browser = site.browser();
    const pages = [hiddenIn((await site.get(browser, '/concerns/new/person')).text), hiddenIn((await site.get(browser, '/concerns/new/person')).text)];
    await post(browser, 'person', { ...pages[0], given_name: 'Ada' });
    const asked = await post(browser, 'person', { ...pages[1], given_name: 'Otherina' });
    return { browser, asked };
  }

  it('do not write over each other: the second is asked, with what was typed in it', async () => {
    const { browser, asked } = await twoTabs();
    expect([asked.status, asked.text.includes('Other answers are open here'), asked.text.includes('value="Otherina"')]).toEqual([409, true, true]);
    expect(await answers(browser)).toContain('Ada');
    expect(rows.rows.size).toBe(1);
  });

  it('can each have a concern of its own, and the first can be come back to', async () => {
    const { browser, asked } = await twoTabs();
    const code = /cw-return-code">(.+?)<\/p>/.exec(asked.text)![1]!.replaceAll(/<[^>]+>/g, '');
    await post(browser, 'person', { ...hiddenIn(asked.text), given_name: 'Otherina', then: 'instead' });
    const text = await answers(browser);
    expect([text.includes('Otherina'), text.includes('Ada')]).toEqual([true, false]);
    const other = site.browser();
    await site.send(other, '/concerns/saved', { code });
    expect(await answers(other)).toContain('Ada');
  });

  it('can be of one concern, where somebody says so', async () => {
    const { browser, asked } = await twoTabs();
    await post(browser, 'person', { ...hiddenIn(asked.text), given_name: 'Ada', family_name: 'Invented', then: 'together' });
    const text = await answers(browser);
    expect([text.includes('Ada'), text.includes('Invented'), rows.rows.size]).toEqual([true, true, 1]);
  });

  it('are one where a button was only pressed twice', async () => {
    const browser = site.browser();
    const page = hiddenIn((await site.get(browser, '/concerns/new/person')).text);
    await post(browser, 'person', { ...page, given_name: 'Ada' });
    expect(pathOf(await post(browser, 'person', { ...page, given_name: 'Ada' }))).toBe('/concerns/new/what-happened');
  });

  it('add nothing to what was sent in the other', async () => {
    const browser = site.browser();
    const second = hiddenIn((await site.get(browser, '/concerns/new/person')).text);
    await site.answer(browser, 'person', { given_name: 'Ada' });
    await site.answer(browser, 'what-happened', { worry: 'Thin. (Invented.)' });
    await site.send(browser, '/concerns/new/check');
    await post(browser, 'person', { ...second, given_name: 'Otherina' });
    const text = await answers(browser);
    expect([text.includes('Otherina'), text.includes('Thin.'), text.includes('sent this form before')]).toEqual([true, false, false]);
  });

  it('go on, once what was wrong on the first page is mended', async () => {
    const browser = site.browser();
    const wrong = await site.answer(browser, 'person', { given_name: 'Ada', dob_day: '31' });
    expect([wrong.status, wrong.url.endsWith('/concerns/new/person?look=again')]).toEqual([200, true]);
    const mended = await post(browser, 'person', { ...hiddenIn(wrong.text), given_name: 'Ada' });
    expect(pathOf(mended)).toBe('/concerns/new/what-happened');
  });
});

describe('how long answers stay open', () => {
  it('is said on every page of theirs, with the time', async () => {
    const browser = site.browser();
    expect((await site.get(browser, '/concerns/new/person')).text).toContain('four hours after the last one');
    const { text } = await site.answer(browser, 'person', { given_name: 'Ada' });
    expect(text).toContain('are deleted on 1 July 2026, 2:00pm, unless you answer more before then');
    expect(await answers(browser)).toContain('are deleted on 1 July 2026, 2:00pm');
  });

  it('is asked about in time by a script of the site’s own, where a browser runs it', async () => {
    const browser = site.browser();
    expect((await site.get(browser, '/concerns/new/person')).text).not.toContain('<script');
    const { text } = await site.answer(browser, 'person', { given_name: 'Ada' });
    expect(text).toContain('data-seconds="14400" data-warn-seconds="300" data-leads-to="/concerns/new/check"');
    const script = await site.inject({ url: /<script src="([^"]+)" defer><\/script>/.exec(text)![1]! });
    expect([script.statusCode, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(script.payload).toContain('dialog[data-seconds]');
  });

  it('is shorter for whoever is signed in, and what they typed stays on the page', async () => {
    site.visitor = partner();
    const { text } = await site.answer(site.browser(), 'person', { given_name: 'Ada' });
    expect(text).toContain('data-seconds="1800" data-warn-seconds="300">');
    expect(text).toContain('You are signed out on 1 July 2026, 10:30am');
  });

  it('begins again where somebody goes on, with what they typed', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', { given_name: 'Ada' });
    site.now += 3 * 60 * 60_000;
    const stayed = await site.answer(browser, 'what-happened', { worry: 'Thin. (Invented.)', then: 'stay' });
    expect([pathOf(stayed), stayed.text.includes('Thin. (Invented.)'), stayed.text.includes('data-seconds="14400"')]).toEqual(['/concerns/new/what-happened', true, true]);
    site.now += 3 * 60 * 60_000;
    await site.send(browser, '/concerns/new/check', {}, '/concerns/new/stay');
    expect(await answers(browser)).toContain('data-seconds="14400"');
  });
});

describe('more than people begin in an hour', () => {
  it('is told to wait, with what was typed and a telephone number, while others begin', async () => {
    const begin = (given_name: string) => site.answer(site.browser(), 'person', { given_name });
    let last = await begin('Ada');
    for (let begun = 1; begun < 200 && last.status === 200; begun += 1) last = await begin('Ada');
    expect([last.status, last.text.includes('value="Ada"'), last.text.includes('01632 960 999')]).toEqual([429, true, true]);
    expect(last.text).toMatch(/wait \d+ (minutes|seconds)/);
    site.visitor = partner('staff-partner-9');
    expect((await begin('Otherina')).status).toBe(200);
  });
});
