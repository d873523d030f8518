import { aPartnerSite, partner, pathOf, person, siteUrl, taken, worry } from '../test/a-partner-site.js';

const { site, rows, ready, send } = await aPartnerSite();
const overTls = await aPartnerSite({ isSecure: true });

describe('every page', () => {
  it.each(['/', '/concerns/new/person', '/concerns/new/check', '/concerns/saved', '/is-this-safeguarding', '/easy-read', '/no-such-page'])('says first what to do when somebody is in danger, and leads away: %s', async (path) => {
    const { text } = await site.get(site.browser(), path);
    expect(text.replaceAll(/<[^>]+>/g, ' ')).toMatch(/Is somebody in danger now\?\s+Call\s+999[\s\S]*Exit this page/);
  });
  it('that cannot be shown gives a telephone number', async () => {
    const browser = await ready();
    rows.isAway = true;
    const { status, text } = await site.get(browser, '/concerns/new/check');
    expect([status, text.includes('01632 960 999')]).toEqual([503, true]);
  });
});

describe('ASVS 5.0 V3.4: the headers of every answer', () => {
  const tries = [
    [200, { url: '/' }], [200, { url: '/ping' }], [200, { url: '/assets/icon.svg' }], [302, { url: '/concerns' }], [404, { url: '/nowhere' }],
    [403, { method: 'POST', url: '/concerns/new/person', payload: {} }], [400, { method: 'POST', url: '/concerns/new/person', payload: '{', headers: { 'content-type': 'application/json' } }],
    [415, { method: 'POST', url: '/concerns/new/person', payload: 'x', headers: { 'content-type': 'text/x' } }], [404, { method: 'TRACE', url: '/' }],
    [404, { url: '/%ff' }], [413, { method: 'POST', url: '/concerns/new/person', payload: 'x'.repeat(2 ** 21), headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ] as const;

  it.each(tries)('ASVS 5.0 V3.4.1–V3.4.6, checks 10–12: forbid foreign scripts, framing, keeping, guessing and telling where one came from: %d', async (status, asked) => {
    const { statusCode, headers } = await site.inject(asked as never);
    expect(statusCode).toBe(status);
    for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) expect(headers['content-security-policy']).toContain(rule);
    expect(headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|data:|\*/);
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin',
    });
    // What leads elsewhere has no content.
    expect(headers['content-type'] ?? 'none; charset=utf-8').toMatch(/; charset=utf-8$/i);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each(tries.filter(([status]) => status >= 400))('come with a telephone number where a page cannot be shown: %d', async (_status, asked) => {
    expect((await site.inject(asked as never)).payload).toContain('01632 960 999');
  });
});

describe('over TLS', () => {
  it('ASVS 5.0 V3.3.1–V3.3.4, check 9: every cookie is of this host alone, out of reach for pages, for plain connections and for what other sites send', async () => {
    const browser = overTls.site.browser();
    const set: string[] = [];
    const open = async (path: string, fields?: Record<string, string>) => {
      const { text } = await overTls.site.get(browser, path);
      const form = /name="_csrf" value="([^"]+)"/.exec(text)?.[1];
      const { cookies, status } = await browser.open(`${siteUrl}${path}`, fields ? { form: { _csrf: form!, ...fields }, stay: true } : { stay: true });
      expect([path, status]).toEqual([path, fields ? 303 : 200]);
      set.push(...cookies);
    };
    set.push(...(await browser.open(`${siteUrl}/concerns/new/person`, { stay: true })).cookies);
    await open('/concerns/new/person', person);
    await open('/concerns/new/what-happened', { worry });
    await open('/concerns/new/check', { sender: '' });
    overTls.site.answers({ sentBy: 'outbox' }, 202);
    await open('/concerns/follow', { reference: 'SC-1A2B-3C4D' });
    overTls.site.answers({ following: '0190c1d2-0000-7000-8000-0000000000f1.a-secret' }, 200);
    await open('/concerns/follow/code', { code: '123 456' });
    expect([...new Set(set.map((cookie) => cookie.split('=')[0]))].toSorted()).toEqual(['draft', 'following', 'form', 'receipt'].map((what) => `__Host-partner-here-${what}`));
    for (const cookie of set) {
      expect(cookie.toLowerCase()).toMatch(/(?=.*; path=\/(;|$))(?=.*; httponly)(?=.*; secure)(?!.*; domain)/);
      // Somebody who comes back from the provider comes from another site, and goes on with what they began.
      expect(cookie).toMatch(cookie.startsWith('__Host-partner-here-draft=') ? /; SameSite=Lax(;|$)/ : /; SameSite=Strict(;|$)/);
    }
  });
});

describe('raising a concern', () => {
  it('leads from step to step, each kept, and sends them together', async () => {
    const browser = site.browser();
    const seen = [await site.get(browser, '/concerns/new')];
    for (const fields of [person, { worry }, { abuse_types: 'domestic' }, { immediate_risk: 'no' }, { consent: 'not_asked' }, { others_at_risk: 'children' }, { phone: '01632 960001' }]) {
      seen.push(await site.send(browser, pathOf(seen.at(-1)!), fields));
    }
    expect(seen.map(pathOf)).toEqual(['person', 'what-happened', 'harm', 'safety', 'wishes', 'others', 'you', 'check'].map((step) => `/concerns/new/${step}`));
    expect(seen.every(({ url }) => !url.includes('?'))).toBe(true);
    for (const text of ['31 March 1941', 'She is &quot;afraid&quot; &amp; &lt;alone&gt;', 'Domestic abuse', 'Children', '01632 960001']) expect(seen.at(-1)!.text).toContain(text);
    const receipt = await send(browser);
    expect(receipt.url).toBe(`${siteUrl}/concerns/receipt`);
    for (const text of ['SC-2026-000123', 'their date of birth']) expect(receipt.text).toContain(text);
    const [{ body, headers }] = site.raised as [(typeof site.raised)[number]];
    expect(headers.get('authorization')).toBe('Bearer of-the-public-E06000062');
    expect(body).toMatchObject({ channel: 'online', authority: 'E06000062', worry, person: { givenName: 'Ada', dateOfBirth: '1941-03-31' }, abuseTypes: ['domestic'], details: { othersAtRisk: ['children'] } });
  });

  it('makes one concern, however often it is sent', async () => {
    const browser = await ready();
    const form = /name="_csrf" value="([^"]+)"/.exec((await site.get(browser, '/concerns/new/check')).text)![1]!;
    const press = () => browser.open(`${siteUrl}/concerns/new/check`, { form: { _csrf: form, sender: '' }, stay: true });
    const both = await Promise.all([press(), press()]);
    for (const { status, url } of [...both, await press()]) expect([status, url]).toEqual([303, `${siteUrl}/concerns/receipt`]);
    expect(new Set(site.raised.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
    expect(site.raised.length).toBeLessThan(3);
  });

  it('comes back to the answers from each that was changed', async () => {
    const browser = await ready();
    const { text } = await site.get(browser, '/concerns/new/check');
    expect(text).toContain('href="/concerns/new/person?change=yes#given_name"');
    const back = await site.send(browser, '/concerns/new/person?change=yes', { ...person, given_name: 'Inventa' });
    expect([pathOf(back), back.text.includes('Inventa'), back.text.includes('Ada')]).toEqual(['/concerns/new/check', true, false]);
  });

  it('asks whether to go on with what was begun, and deletes it where that is wanted', async () => {
    const browser = await ready();
    const { text } = await site.get(browser, '/concerns/new');
    expect(text).toContain('href="/concerns/new/harm"');
    const anew = await site.send(browser, '/concerns/new', {}, '/concerns/new/forget');
    expect([pathOf(anew), anew.text.includes('Ada'), rows.rows.size]).toEqual(['/concerns/new/person', false, 0]);
  });

  it('in one’s own name, or not at all where somebody has signed in or out meanwhile', async () => {
    const browser = await ready();
    site.visitor = partner();
    const form = /name="_csrf" value="([^"]+)"/.exec((await site.get(browser, '/concerns/new/check')).text)![1]!;
    const refused = await browser.open(`${siteUrl}/concerns/new/check`, { form: { _csrf: form, sender: '' } });
    expect([refused.status, refused.text.includes('Whether you are signed in has changed'), site.triage.mock.calls]).toEqual([409, true, []]);
    await send(browser);
    expect(site.raised.at(-1)!.headers.get('authorization')).toBe('Bearer of-staff-partner-1');
  });

  it('shows nobody what somebody else began who was signed in', async () => {
    site.visitor = partner();
    const browser = await ready();
    for (const somebody of [partner('staff-partner-2'), undefined]) {
      site.visitor = somebody;
      for (const path of ['/concerns/new/check', '/concerns/new/harm', '/concerns/new/save', '/concerns/new']) {
        const { text } = await site.get(browser, path);
        expect([path, text.includes('Somebody who was signed in has begun'), /Ada|afraid/.test(text)]).toEqual([path, true, false]);
      }
      const typed = await site.answer(browser, 'person', { given_name: 'Otherina' });
      expect([typed.status, typed.text.includes('Otherina'), typed.text.includes('cw-return-code')]).toEqual([409, true, false]);
    }
    site.visitor = partner();
    expect((await site.get(browser, '/concerns/new/check')).text).toContain('Ada');
  });

  it('belongs to whoever went on with what was begun before they signed in', async () => {
    const browser = await ready();
    site.visitor = partner();
    await site.answer(browser, 'harm', { place: 'The ward' });
    site.visitor = partner('staff-partner-2');
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(401);
    site.visitor = undefined;
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(401);
  });

  it('shows no copy of what somebody sent who was signed in to the next at that desk', async () => {
    site.visitor = partner();
    const browser = await ready();
    await send(browser);
    site.visitor = undefined;
    expect(pathOf(await site.get(browser, '/concerns/receipt/copy'))).toBe('/concerns/receipt');
    expect(pathOf(await site.get(browser, '/concerns/new'))).toBe('/concerns/new/person');
  });
});

describe('an open draft', () => {
  it('is forgotten with the browser, and after four hours without an answer', async () => {
    const browser = await ready();
    const _csrf = /name="_csrf" value="([^"]+)"/.exec((await site.get(browser, '/concerns/new/harm')).text)![1]!;
    const { cookies } = await browser.open(`${siteUrl}/concerns/new/harm`, { form: { _csrf, place: 'The ward' }, stay: true });
    expect(cookies.find((cookie) => cookie.startsWith('partner-here-draft='))).toMatch(/^[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
    site.now += 4 * 60 * 60_000 - 1;
    expect((await site.get(browser, '/concerns/new/check')).text).toContain('31 March 1941');
    site.now += 1;
    expect((await site.get(browser, '/concerns/new/check')).status).toBe(410);
  });

  it('is not noted as sent with what was answered while it was sent', async () => {
    const browser = await ready();
    site.triage.mockImplementationOnce(async () => {
      await site.answer(browser, 'what-happened', { worry: 'Something else altogether' });
      return Response.json(taken, { status: 201 });
    });
    expect((await send(browser)).text).toContain('SC-2026-000123');
    const { text } = await site.get(browser, '/concerns/new/check');
    expect(text).toContain('Something else altogether');
    await send(browser);
    const [first, second] = site.raised as [(typeof site.raised)[number], (typeof site.raised)[number]];
    expect([first.body['worry'], second.body['worry']]).toEqual([worry, 'Something else altogether']);
    expect(second.headers.get('idempotency-key')).not.toBe(first.headers.get('idempotency-key'));
  });

  it('names whoever is signed in, who need not say who they are', async () => {
    site.visitor = partner();
    const browser = await ready();
    await send(browser);
    expect(site.raised[0]!.body).toMatchObject({ referrer: { name: 'Somebody invented' } });
  });
});

describe('a step', () => {
  it('ASVS 5.0 V2.3.1, check 5: that was skipped is led back to, and nothing is sent without it', async () => {
    const browser = site.browser();
    const led = { '/concerns/receipt': '/', '/concerns/receipt/copy': '/concerns/receipt', '/concerns/follow/code': '/concerns/follow', '/concerns/follow/files': '/concerns/follow/news' };
    for (const [path, to] of Object.entries(led)) {
      const { status, url } = await browser.open(`${siteUrl}${path}`, { stay: true });
      expect([path, status, url]).toEqual([path, 303, `${siteUrl}${to}`]);
    }
    await site.answer(browser, 'person', person);
    const early = await site.send(browser, '/concerns/new/person', { sender: '' }, '/concerns/new/check');
    expect([early.status, early.text.includes('Tell us what you are worried about'), early.text.includes('href="/concerns/new/what-happened')]).toEqual([400, true, true]);
    expect(site.triage).not.toHaveBeenCalled();
  });
  it('comes back with everything typed when its token has run out', async () => {
    const browser = site.browser();
    await site.get(browser, '/concerns/new/person');
    const { status, text } = await browser.open(`${siteUrl}/concerns/new/person`, { form: { ...person, _csrf: 'old' } });
    expect([status, text.includes('value="Ada"'), text.includes('01632 960 999')]).toEqual([403, true, true]);
  });
  it.each(['cross-site', 'same-site'])('is not so much as shown again where a browser says that another site sends it: %s', async (from) => {
    const reply = await site.inject({ method: 'POST', url: '/concerns/new/person', payload: 'given_name=Ada', headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': from } });
    expect([reply.statusCode, reply.payload.includes('Nothing was changed'), reply.payload.includes('Ada')]).toEqual([403, true, false]);
  });
  it('comes back with everything typed when it cannot be kept', async () => {
    const browser = site.browser();
    const form = /name="_csrf" value="([^"]+)"/.exec((await site.get(browser, '/concerns/new/person')).text)![1]!;
    rows.isAway = true;
    const { status, text } = await browser.open(`${siteUrl}/concerns/new/person`, { form: { ...person, _csrf: form } });
    expect([status, text.includes('value="Ada"'), text.includes('What you typed has not been kept')]).toEqual([503, true, true]);
  });
});

describe('the receipt', () => {
  it('is not shown to a cookie that was forged', async () => {
    const forged = Buffer.from(JSON.stringify({ reference: 'X', missing: [] })).toString('base64url');
    const reply = await site.inject({ url: '/concerns/receipt', cookies: { 'partner-here-receipt': forged } });
    expect(reply.headers.location).toBe('/');
  });
  it('says that a code comes when one is asked for, and where none can come', async () => {
    const told = async (you: Record<string, string>, missing: string[] = []) => {
      site.answers({ ...taken, missing }, 201);
      const browser = await ready();
      await site.answer(browser, 'you', you);
      return (await send(browser)).text;
    };
    expect(await told({ email: 'ada@example.org' })).toMatch(/No code comes unless you ask for one\. It goes to the email address that you gave\./);
    for (const contact_risky of ['yes', 'not_sure']) {
      const careful = await told({ phone: '07700 900001', contact_risky });
      expect([careful.includes('dangerous to email or ring you, so no code is sent'), careful.includes('ask for a code')]).toEqual([true, false]);
    }
    expect(await told({ phone: '07700 900001', contact_risky: 'no', safe_contact: 'after 6 pm' })).toContain('ask for a code');
    expect(await told({ phone: '07700 900001', safe_contact: 'after 6 pm' })).toContain('no code is sent to you');
    expect(await told({}, ['referrer_contact'])).toContain('You gave no email address or telephone number, so no code can be sent to you. To hear how it goes on');
  });
  it('speaks with whoever told of themselves as such', async () => {
    site.answers({ ...taken, missing: ['person_date_of_birth', 'wishes'] }, 201);
    const browser = await ready();
    await site.answer(browser, 'person', { whose: 'self', given_name: 'Ada' });
    expect((await send(browser)).text).toContain('your date of birth and what you want');
  });
  it('has a copy of what was said, to be printed, for half an hour', async () => {
    const browser = await ready();
    expect((await send(browser)).text).toContain('href="/concerns/receipt/copy"');
    const copy = await site.get(browser, '/concerns/receipt/copy');
    for (const text of ['SC-2026-000123', '1 July 2026, 10:00am', '31 March 1941']) expect(copy.text).toContain(text);
    expect(copy.text).not.toContain('Change');
    site.now += 31 * 60_000;
    expect(pathOf(await site.get(browser, '/concerns/receipt/copy'))).toBe('/concerns/receipt');
    expect((await site.get(browser, '/concerns/receipt')).text).not.toContain('/concerns/receipt/copy');
    expect((await site.get(browser, '/concerns/receipt')).text).toContain(taken.reference);
  });
  it('is where every step leads once it is sent, and another concern begins empty', async () => {
    const browser = await ready();
    await send(browser);
    expect(pathOf(await site.get(browser, '/concerns/new/what-happened'))).toBe('/concerns/receipt');
    const another = await site.get(browser, '/concerns/new');
    expect([pathOf(another), another.text.includes('Ada')]).toEqual(['/concerns/new/person', false]);
  });
});
