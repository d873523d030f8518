import { aPartnerSite, partner, pathOf } from '../../test/a-partner-site.js';

const { site, ready, send } = await aPartnerSite();

const id = '0190c1d2-0000-7000-8000-0000000000c1';
const reference = 'SC-1A2B-3C4D';
const following = `${id}.a-secret`;
const at = '2026-07-01T09:05:00.000000Z';
const own = { id, sequence: 2, reference, authority: 'E06000062', status: 'awaiting-triage', receivedAt: at, stage: 'received', missing: ['when_it_happened', 'consent'], told: [] as object[], decidedAt: null as string | null, feedback: null as string | null, message: null };
const told = [{ at, what: ['when_it_happened'] }];

/** What triage answers of the concern, and to what is written. */
function triageSays({ concern = own as object, status = 200, taken = [{ at, what: [] }, 201] as [object, number] } = {}): void {
  site.triage.mockImplementation(async (input, init) => {
    const { pathname } = new URL(String(input));
    if (pathname.endsWith('/more')) return Response.json(taken[0], { status: taken[1] });
    if (pathname.endsWith('/follow/code')) return Response.json({ sentBy: 'outbox' }, { status: 202 });
    if (pathname.endsWith('/begin')) return new Headers(init?.headers).get('authorization')!.endsWith('E06000062') ? Response.json({ following }) : Response.json({}, { status: 409 });
    if (pathname.endsWith('/raised')) return Response.json({ items: [concern], total: 1, page: 1, pageSize: 50 });
    return Response.json(concern, { status });
  });
}
const written = () => site.triage.mock.calls.filter(([input]) => String(input).endsWith('/more')).map(([input, init]) => ({ to: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) as object, headers: new Headers(init!.headers) }));

async function followed() {
  const browser = site.browser();
  await site.send(browser, '/concerns/follow', { reference });
  return { browser, page: await site.send(browser, '/concerns/follow/code', { code: '123456' }) };
}

describe.each([
  { who: 'somebody signed in', place: `/concerns/raised/${id}/more`, from: '/concerns/raised', to: `/concerns/${id}/more`, as: 'Bearer of-staff-partner-1', more: {} },
  { who: 'somebody with a code', place: '/concerns/follow/more', from: '/concerns/follow/news', to: '/concerns/follow/more', as: 'Bearer of-the-public-E06000062', more: { following } },
])('$who', ({ place, from, to, as, more }) => {
  const opened = async () => {
    if (as.includes('public')) return (await followed()).browser;
    site.visitor = partner();
    return site.browser();
  };
  beforeEach(() => triageSays());

  it('answers what was asked, in a form without scripts, and it is sent once', async () => {
    const browser = await opened();
    expect((await site.get(browser, from)).text).toContain(`href="${place}"`);
    const { text } = await site.get(browser, place);
    for (const shown of [`Your concern ${reference}`, 'If you can, tell us: when it happened and whether they know and agree', 'value="consent"']) expect(text).toContain(shown);
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)![1]!;
    const after = await browser.open(`http://127.0.0.1:3998${place}`, { form: { _csrf: hidden('_csrf'), key: hidden('key'), words: ' On Sunday. ', what: 'when_it_happened' } });
    expect([after.status, pathOf(after)]).toEqual([200, place]);
    expect(written()).toMatchObject([{ to, body: { ...more, what: ['when_it_happened'], words: 'On Sunday.' } }]);
    expect([written()[0]!.headers.get('authorization'), written()[0]!.headers.get('idempotency-key')]).toEqual([as, hidden('key')]);
  });

  it('sees that it is had, without the words, and what is still asked', async () => {
    triageSays({ concern: { ...own, missing: ['consent'], told } });
    const browser = await opened();
    for (const path of [place, from]) expect((await site.get(browser, path)).text).toContain('You wrote to us on 1 July 2026, 10:05am: when it happened.');
    expect((await site.get(browser, place)).text).toMatch(new RegExp(`href="${from}"[^>]*>\\s*I am done`));
  });

  it('can write more once it is decided, and is asked nothing then', async () => {
    triageSays({ concern: { ...own, stage: 'decided', status: 'triaged', decidedAt: at, feedback: 'owed' } });
    const browser = await opened();
    expect((await site.get(browser, from)).text).toContain(`href="${place}"`);
    const { text } = await site.get(browser, place);
    expect([text.includes('It is decided.'), text.includes('name="what"'), text.includes('name="words"')]).toEqual([true, false, true]);
  });

  it('says whether they are in danger now, which no tick does, and is told of 999 first', async () => {
    triageSays({ concern: { ...own, missing: ['immediate_risk', 'consent'] } });
    const browser = await opened();
    const { text } = await site.get(browser, place);
    for (const shown of ['Are they in danger now?', 'If they are, call 999 first', 'whether they are in danger now and whether they know and agree']) expect(text).toContain(shown);
    expect([text.includes('value="immediate_risk"'), text.includes('You told us that they are')]).toEqual([false, false]);
    triageSays({ concern: { ...own, told: [{ at, what: ['immediate_risk'], inDanger: 'yes' }] } });
    const after = await site.send(browser, place, { words: '', in_danger: 'yes' });
    expect(written()).toMatchObject([{ to, body: { ...more, what: [], words: '', inDanger: 'yes' } }]);
    expect(after.text).toMatch(/Call <a class="govuk-link" href="tel:999">999<\/a> if they are in danger now: the team cannot come at once\. You told us that they are, and the team sees it straight away\.\s*<\/strong>/);
    expect(after.text.indexOf('You told us that they are')).toBeLessThan(after.text.indexOf('We have what you wrote'));
  });

  it('is told of 999 too where it is not taken, and where it was decided before', async () => {
    const browser = await opened();
    triageSays({ taken: [{}, 503] });
    const lost = await site.send(browser, place, { in_danger: 'yes' });
    expect([lost.text.includes('Once you send this, we will tell the team. Call'), /value="yes" checked/.test(lost.text)]).toEqual([true, true]);
    triageSays({ concern: { ...own, stage: 'decided', status: 'triaged', decidedAt: at, feedback: 'owed', told: [{ at, what: [], inDanger: 'yes' }] } });
    expect((await site.get(browser, place)).text).toContain('You told us that they are. This concern was decided before, and nobody may look at it straight away: ring');
  });

  it('is offered nothing where it was taken back', async () => {
    triageSays({ concern: { ...own, stage: 'taken_back', status: 'entered-in-error' } });
    const browser = await opened();
    expect((await site.get(browser, from)).text).not.toContain(`href="${place}"`);
    expect(pathOf(await site.get(browser, place))).toBe(from);
  });

  it('is told what was refused, and of 999, where it was taken back meanwhile: nothing that was typed vanishes', async () => {
    const browser = await opened();
    const { text: before } = await site.get(browser, place);
    triageSays({ concern: { ...own, stage: 'taken_back', status: 'entered-in-error' }, taken: [{ detail: 'It was entered in error. (Invented.)', code: 'concern/entered-in-error' }, 409] });
    const csrf = /name="_csrf" value="([^"]+)"/.exec(before)![1]!;
    const { status, text } = await browser.open(`http://127.0.0.1:3998${place}`, { form: { _csrf: csrf, words: 'He is back.', in_danger: 'yes' } });
    expect(status).toBe(409);
    for (const shown of ['It was entered in error. (Invented.)', 'He is back.</textarea>', 'This concern was taken back, and nobody is told by it: ring', 'Call <a class="govuk-link" href="tel:999">999</a>']) expect(text).toContain(shown);
    expect(text).not.toContain('Once you send this, we will tell the team');
  });

  it('is told what is wrong, and keeps what was typed', async () => {
    const browser = await opened();
    const empty = await site.send(browser, place, { words: ' ', what: 'consent' });
    expect([empty.status, empty.text.includes('Write what you can tell us'), /value="consent" checked/.test(empty.text), written()]).toEqual([400, true, true, []]);
    triageSays({ taken: [{ detail: 'You have written often. (Invented.)', code: 'concern/told-enough' }, 409] });
    const refused = await site.send(browser, place, { words: 'It is <b>so</b>.' });
    expect([refused.status, refused.text.includes('You have written often. (Invented.)'), refused.text.includes('It is &lt;b&gt;so&lt;/b&gt;.</textarea>')]).toEqual([409, true, true]);
  });

  it('keeps the words and the key where the connection breaks, so that they are taken once', async () => {
    triageSays({ taken: [{}, 503] });
    const lost = await site.send(await opened(), place, { words: 'Kept.' });
    expect([lost.status, lost.text.includes('Send it again in a few minutes'), lost.text.includes('Kept.</textarea>'), lost.text.includes(`value="${written()[0]!.headers.get('idempotency-key')}"`)]).toEqual([503, true, true, true]);
  });

  it('takes nothing from another site', async () => {
    const browser = await opened();
    expect((await browser.open(`http://127.0.0.1:3998${place}`, { form: { words: 'x', _csrf: 'forged' } })).status).toBe(403);
    expect(written()).toEqual([]);
  });
});

it('is for nobody else', async () => {
  triageSays({ status: 404 });
  site.visitor = partner();
  expect((await site.get(site.browser(), `/concerns/raised/${id}/more`)).status).toBe(404);
  expect((await site.get(site.browser(), '/concerns/raised/nonsense/more')).status).toBe(404);
});

it('is over when following is, and says that nothing was taken', async () => {
  triageSays();
  const { browser } = await followed();
  await site.get(browser, '/concerns/follow/more');
  triageSays({ status: 409, taken: [{ code: 'concern/not-following', detail: 'You follow none.' }, 409] });
  const { text, status } = await site.get(browser, '/concerns/follow/more');
  expect([status, text.includes('You do not follow a concern here any more')]).toEqual([410, true]);
});

describe('danger now', () => {
  const warning = 'danger now. Once you send this, we will tell the team.';
  it('is said again on the pages after it, and on the receipt', async () => {
    const browser = await ready();
    expect((await site.get(browser, '/concerns/new/check')).text).not.toContain(warning);
    expect((await site.answer(browser, 'safety', { immediate_risk: 'yes' })).text).toContain(warning);
    expect((await site.get(browser, '/concerns/new/check')).text).toContain(warning);
    const { text } = await send(browser);
    expect(text).toContain('You told us that somebody is in danger now, and the team sees that first. Call <a');
  });
  it('is not said where nobody says so', async () => {
    const browser = await ready();
    await site.answer(browser, 'safety', { immediate_risk: 'not_sure' });
    expect([(await site.get(browser, '/concerns/new/check')).text, (await send(browser)).text].map((text) => text.includes('is in danger now, and')||text.includes(warning))).toEqual([false, false]);
  });
});

it('nobody who is signed in is offered to exit the page; everybody else is', async () => {
  const isOffered = async () => (await site.get(site.browser(), '/')).text.includes('Exit this page');
  expect(await isOffered()).toBe(true);
  site.visitor = partner();
  expect(await isOffered()).toBe(false);
});
