import { aPartnerSite, partner, pathOf, person, siteUrl, taken, worry } from '../../test/a-partner-site.js';

type Browser = ReturnType<typeof site.browser>;
const { site, rows, ready, send } = await aPartnerSite();

describe('a page whose form has run out', () => {
  const sentLate = async (hours: number, meanwhile?: (browser: Browser) => Promise<unknown>) => {
    const browser = site.browser();
    await site.answer(browser, 'person', person);
    const { text } = await site.get(browser, '/concerns/new/what-happened');
    const about = /name="about" value="([^"]*)"/.exec(text)![1]!;
    site.now += hours * 60 * 60_000;
    await meanwhile?.(browser);
    return browser.open(`${siteUrl}/concerns/new/what-happened`, { form: { _csrf: 'run-out', about, worry } });
  };
  it('says that the earlier answers are kept where they are', async () => {
    const { status, text } = await sentLate(1);
    expect([status, text.includes('your earlier answers are kept'), text.includes('&lt;alone&gt;')]).toEqual([403, true, true]);
  });
  it('says nothing of them where others are open, or they are sent', async () => {
    const sent = async (browser: Browser) => {
      await site.answer(browser, 'what-happened', { worry });
      expect((await send(browser)).text).toContain(taken.reference);
    };
    const begunAnew = async (browser: Browser) => {
      await sent(browser);
      await site.answer(browser, 'person', { given_name: 'Otherina' });
    };
    for (const meanwhile of [sent, begunAnew]) {
      const { status, text } = await sentLate(1, meanwhile);
      expect([status, text.includes('your earlier answers'), text.includes('&lt;alone&gt;')]).toEqual([403, false, true]);
    }
  });
  it('says at once that they are closed where they are, and what is still here', async () => {
    const { status, text } = await sentLate(5);
    expect([status, text.includes('your earlier answers are closed'), text.includes('Only what you typed on this page is still here'), text.includes('&lt;alone&gt;')]).toEqual([403, true, true, true]);
  });
});

describe('a concern that cannot be sent', () => {
  it('says what is missing, linked to its step and field', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', {});
    const { status, text } = await send(browser);
    expect(status).toBe(400);
    for (const href of ['/concerns/new/what-happened?change=yes#worry', '/concerns/new/person?change=yes#given_name']) expect(text).toContain(`<a href="${href}">`);
    expect(site.triage).not.toHaveBeenCalled();
  });
  it('says that a year has four digits', async () => {
    expect((await site.answer(site.browser(), 'person', { ...person, dob_year: '41' })).text).toContain('Write the year of birth with four digits, such as 1941');
  });
  it('says what to do where only the year is known, and opens where that goes', async () => {
    const { text } = await site.answer(site.browser(), 'person', { given_name: 'Ada', dob_year: '1941' });
    for (const part of ['href="#dob-day">If you know only the year of birth, leave the date empty and give about how old they are instead', 'value="1941"']) expect(text).toContain(part);
    expect(/<details class="govuk-details" open>[\s\S]*name="age"/.test(text)).toBe(true);
    const browser = site.browser();
    expect((await site.answer(browser, 'person', { given_name: 'Ada', whose: 'self', dob_year: '1941' })).text).toContain('about how old you are instead');
  });
  it('stands out at the end where nobody has said whether there is danger now, with what to do', async () => {
    const browser = site.browser();
    await site.answer(browser, 'person', person);
    const said = 'You have not said whether they are in danger now.';
    const { text } = await site.get(browser, '/concerns/new/check');
    for (const part of [said, 'href="tel:999"', 'href="/concerns/new/safety?change=yes#immediate_risk"']) expect(text).toContain(part);
    await site.answer(browser, 'safety', { immediate_risk: 'not_sure' });
    expect((await site.get(browser, '/concerns/new/check')).text).not.toContain(said);
  });
  it('keeps what is wrong too, and says so at its step and at the end', async () => {
    const browser = site.browser();
    const { status, text } = await site.answer(browser, 'person', { ...person, dob_month: '2' });
    expect(status).toBe(200);
    for (const part of ['href="#dob-day"', 'value="Ada"', 'Error: Step 1 of 8', 'class="govuk-error-summary" tabindex="-1" autofocus=""']) expect(text).toContain(part);
    await site.answer(browser, 'what-happened', { worry });
    expect((await send(browser)).text).toContain('href="/concerns/new/person?change=yes#dob-day"');
  });
  it('takes no more than anybody can read', async () => {
    const { status, text } = await site.answer(site.browser(), 'person', { given_name: 'A'.repeat(301) });
    expect([status, text.includes('to 300 characters or fewer'), rows.rows.size]).toEqual([400, true, 0]);
  });
  it('comes back with every answer and a telephone number when triage is away, under the same key', async () => {
    const browser = await ready();
    site.answers({}, 503);
    const { status, text } = await send(browser);
    expect([status, text.includes('01632 960 999'), text.includes('She is &quot;afraid&quot;')]).toEqual([503, true, true]);
    site.answers(taken, 201);
    expect(pathOf(await send(browser))).toBe('/concerns/receipt');
    const keys = site.raised.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
  });
  it.each([
    [429, { 'retry-after': '17' }, 429, 'wait 17 seconds', '17'],
    [429, {}, 429, 'wait 60 seconds', '60'],
    [408, { 'retry-after': '300' }, 503, 'wait 5 minutes', '300'],
    [413, {}, 400, 'Shorten the longest', undefined],
  ])('is no fault of the answers where triage says %d, and comes with how long to wait', async (status, headers, shown, words, wait) => {
    const browser = await ready();
    site.triage.mockImplementation(async () => Response.json({}, { status, headers }));
    const form = /name="_csrf" value="([^"]+)"/.exec((await site.get(browser, '/concerns/new/check')).text)![1]!;
    const reply = await site.inject({ method: 'POST', url: '/concerns/new/check', payload: { _csrf: form, sender: '' }, cookies: Object.fromEntries(browser.jar.get(siteUrl)!) });
    expect([reply.statusCode, reply.headers['retry-after']]).toEqual([shown, wait]);
    for (const part of [words, '01632 960 999', 'She is &quot;afraid&quot;']) expect(reply.payload).toContain(part);
    expect(reply.payload).not.toContain('Something in the answers could not be taken');
  });
  it('gets a key of its own when it was sent before with other answers', async () => {
    const browser = await ready();
    site.answers({ code: 'idempotency/key-reused' }, 422);
    const { status, text } = await send(browser);
    expect([status, text.includes('You have sent this form before')]).toEqual([409, true]);
    await send(browser);
    expect(new Set(site.raised.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(2);
  });
});

describe('a concern that was sent and not answered', () => {
  const lost = async () => Promise.reject(new TypeError('the connection was lost'));

  it('stays under its name where somebody signs in between two tries, so that it is one concern', async () => {
    const browser = await ready();
    site.triage.mockImplementation(lost);
    await send(browser);
    site.visitor = partner();
    site.answers(taken, 201);
    expect((await site.get(browser, '/concerns/new/check')).text).toContain('You tried to send it before you signed in');
    expect(pathOf(await send(browser))).toBe('/concerns/receipt');
    const sent = site.raised.map(({ headers, body }) => [headers.get('authorization'), headers.get('idempotency-key'), body]);
    expect(sent.every((one) => JSON.stringify(one) === JSON.stringify(sent[0]))).toBe(true);
    expect(sent[0]![0]).toBe('Bearer of-the-public-E06000062');
  });

  it('asks first where it would go to another council', async () => {
    const browser = await ready();
    site.triage.mockImplementation(lost);
    await send(browser);
    site.answers(taken, 201);
    await site.answer(browser, 'person', { ...person, authority: 'E06000061' });
    const before = site.raised.length;
    const { status, text } = await send(browser);
    expect([status, text.includes('This may have been sent before'), site.raised.length]).toEqual([409, true, before]);
    await send(browser);
    expect(site.raised.at(-1)!.headers.get('idempotency-key')).not.toBe(site.raised[0]!.headers.get('idempotency-key'));
  });

  it('may go in another name where it was refused', async () => {
    const browser = await ready();
    site.answers({}, 400);
    await send(browser);
    site.visitor = partner();
    site.answers(taken, 201);
    await send(browser);
    expect(site.raised.at(-1)!.headers.get('authorization')).toBe('Bearer of-staff-partner-1');
  });
});
