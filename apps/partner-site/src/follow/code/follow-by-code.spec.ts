import { aPartnerSite, pathOf } from '../../../test/a-partner-site.js';

const { site } = await aPartnerSite();
const reference = 'SC-1A2B-3C4D';
const following = '0190c1d2-0000-7000-8000-0000000000f1.a-secret';
const file = { id: 'f1', name: null, kind: 'jpeg', bytes: 2_400_000, state: 'held', addedAt: '2026-07-01T09:05:00.000000Z' };
const news = { reference, receivedAt: '2026-06-30T09:00:00.000000Z', stage: 'being_looked_at', missing: ['person_date_of_birth'], decidedAt: null, feedback: null, message: null };

/** What triage answers, by what it is asked. */
function triageSays({ sentBy = 'outbox', begins = true, look = news as object | number, files = { items: [file], most: 10, mostBytes: 10_000_000 } as object | number, added = [{}, { status: 201 }] as [object, { status: number }] } = {}): void {
  site.triage.mockImplementation(async (input, init) => {
    const { pathname } = new URL(String(input));
    const isWest = new Headers(init?.headers).get('authorization')!.endsWith('E06000062');
    if (pathname.endsWith('/code')) return Response.json({ sentBy }, { status: 202 });
    if (pathname.endsWith('/begin')) return begins && isWest ? Response.json({ following }) : Response.json({ code: 'concern/code-refused' }, { status: 409 });
    if (pathname.endsWith('/look')) return typeof look === 'number' ? Response.json({}, { status: look }) : Response.json(look);
    if (pathname.endsWith('/files')) return init?.method === 'POST' ? Response.json(...added) : typeof files === 'number' ? Response.json({ code: 'concern/not-following', detail: 'You follow none. (Invented.)' }, { status: files }) : Response.json(files);
    return Response.json({});
  });
}
const sent = () => site.triage.mock.calls.map(([input, init]) => [new URL(String(input)).pathname, JSON.parse(String(init?.body)) as unknown]);

async function followed() {
  const browser = site.browser();
  await site.send(browser, '/concerns/follow', { reference });
  const page = await site.send(browser, '/concerns/follow/code', { code: '123 456' });
  return { browser, page };
}

describe('adding files to a concern that is followed', () => {
  const place = '/concerns/follow/files';
  const photo = { name: 'IMG_1.jpg', content: 'A picture.' };
  beforeEach(() => triageSays());

  it('is offered where it is followed, and goes with what opens it in a header', async () => {
    const { browser, page } = await followed();
    expect(page.text).toContain(`href="${place}"`);
    const answer = await site.sendFile(browser, place, photo);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, place]);
    const files = site.triage.mock.calls.filter(([input]) => String(input).endsWith('/files')).map(([input, init]) => [new URL(String(input)).pathname, new Headers(init?.headers).get('caseward-following'), new Headers(init?.headers).get('authorization')]);
    expect(files).toEqual(Array.from({ length: 2 }, () => ['/concerns/follow/files', following, 'Bearer of-the-public-E06000062']));
    const { text } = await site.get(browser, place);
    for (const shown of ['Picture (JPEG), 2.4 MB', 'Held: we have it', 'Back to your concern']) expect(text).toContain(shown);
  });

  it('says why one was not taken', async () => {
    triageSays({ added: [{ detail: 'A file may have 10 MB at most.' }, { status: 413 }] });
    const { browser } = await followed();
    const { statusCode, payload } = await site.sendFile(browser, place, photo);
    expect([statusCode, payload.includes('A file may have 10 MB at most.'), payload.includes('Picture (JPEG), 2.4 MB')]).toEqual([413, true, true]);
  });

  it('is over when following is, and says that the file was not taken', async () => {
    const { browser } = await followed();
    triageSays({ files: 409 });
    expect((await site.get(browser, place)).status).toBe(410);
    expect(pathOf(await site.get(browser, '/concerns/follow'))).toBe('/concerns/follow');
    const form = await followed();
    triageSays({ added: [{}, { status: 409 }] });
    const open = await site.get(form.browser, place);
    triageSays({ files: 409, added: [{}, { status: 409 }] });
    const { statusCode, payload } = await site.sendFile(form.browser, place, photo, open);
    expect([statusCode, payload.includes('You follow none. (Invented.)'), payload.includes('was not taken')]).toEqual([410, true, true]);
  });

  it('is for nobody who follows none, and not where it was taken back', async () => {
    expect(pathOf(await site.get(site.browser(), place))).toBe('/concerns/follow/news');
    triageSays({ look: { ...news, stage: 'taken_back' } });
    expect((await followed()).page.text).not.toContain(`href="${place}"`);
  });
});

describe('following a concern by a code', () => {
  beforeEach(() => triageSays());

  it('leads from the reference by the code to how it goes on, and nothing stands in an address', async () => {
    const browser = site.browser();
    const asks = await site.send(browser, '/concerns/follow', { reference });
    expect([pathOf(asks), asks.text.includes('under <strong>Outbox</strong>')]).toEqual(['/concerns/follow/code', true]);
    const page = await site.send(browser, '/concerns/follow/code', { code: '123 456' });
    expect(page.url).toBe('http://127.0.0.1:3998/concerns/follow/news');
    for (const text of [`Your concern ${reference}`, 'West Northamptonshire Council has it.', 'Somebody looks at it', 'their date of birth', '01632 960 999']) expect(page.text).toContain(text);
    for (const [path, body] of sent()) expect([path, JSON.stringify(body).includes(String(path))]).toEqual([path, false]);
    expect(new Set(sent().map(([path]) => path))).toEqual(new Set(['/concerns/follow/code', '/concerns/follow/begin', '/concerns/follow/look']));
  });

  it('says that somebody looked and wants more, and what, with the day', async () => {
    triageSays({ look: { ...news, askedAt: '2026-06-30T10:00:00.000000Z' } });
    const { page: { text } } = await followed();
    for (const said of ['More is wanted since 30 June 2026, 11:00am', 'What we ask you', 'If you can, tell us: their date of birth']) expect(text).toContain(said);
  });

  it('speaks with whoever told of themselves as such', async () => {
    triageSays({ look: { ...news, isOwn: true, missing: ['person_date_of_birth', 'wishes'], told: [{ at: news.receivedAt, what: ['immediate_risk'] }] } });
    const { browser, page: { text } } = await followed();
    for (const said of ['your date of birth and what you want', 'Do not put yourself at risk', ': whether you are in danger now.']) expect(text).toContain(said);
    const more = (await site.get(browser, '/concerns/follow/more')).text;
    expect([more.includes('Are you in danger now?'), more.includes('Are they'), more.includes('their date of birth')]).toEqual([true, false, false]);
  });

  it('asks every council alike, in the name of its own form', async () => {
    await site.send(site.browser(), '/concerns/follow', { reference });
    expect(site.raised.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer of-the-public-E06000062', 'Bearer of-the-public-E06000061']);
  });

  it('says nothing of this machine where messages leave it, and to ring where there are none', async () => {
    triageSays({ sentBy: 'notify' });
    expect((await site.send(site.browser(), '/concerns/follow', { reference })).text).not.toContain('Outbox');
    triageSays({ sentBy: 'nobody' });
    expect((await site.send(site.browser(), '/concerns/follow', { reference })).text).toContain('No codes can be sent just now');
  });

  it('says to ask for a code again where no answer came, and keeps the reference', async () => {
    site.triage.mockImplementation(async () => Response.json({}, { status: 503 }));
    const { status, text } = await site.send(site.browser(), '/concerns/follow', { reference });
    expect(status).toBe(503);
    for (const said of ['We do not know whether a code was sent. Wait a minute, then ask for a code again', `value="${reference}"`]) expect(text).toContain(said);
  });

  it('asks for a reference, and for six digits, before it asks anybody', async () => {
    const browser = site.browser();
    expect((await site.send(browser, '/concerns/follow', { reference: ' ' })).status).toBe(400);
    expect((await site.send(browser, '/concerns/follow', { reference: 'sc 12 foo' })).text).toContain('This is no reference of ours');
    expect(site.triage).not.toHaveBeenCalled();
    await site.send(browser, '/concerns/follow', { reference });
    expect((await site.send(browser, '/concerns/follow/code', { code: '12345' })).text).toContain('Type the six digits');
  });

  it('says of every code that opens nothing the same, with a way on', async () => {
    triageSays({ begins: false });
    const browser = site.browser();
    await site.send(browser, '/concerns/follow', { reference });
    const { status, text } = await site.send(browser, '/concerns/follow/code', { code: '123456' });
    expect([status, text.includes('This code opens nothing'), text.includes('01632 960 999')]).toEqual([400, true, true]);
  });

  it('shows what was decided and what was written to them, as text', async () => {
    triageSays({ look: { ...news, stage: 'decided', missing: [], decidedAt: '2026-06-30T12:00:00.000000Z', feedback: 'told', message: 'Thank you.\n\n<b>We</b> looked into it.', earlierMessages: [{ at: '2026-06-02T12:00:00.000000Z', message: 'Not <i>yet</i>.' }] } });
    const { page: { text } } = await followed();
    for (const part of ['On 30 June 2026. We have told you', 'What we wrote to you', '&lt;b&gt;We&lt;/b&gt; looked into it.', 'What we wrote to you on 2 June 2026', 'Not &lt;i&gt;yet&lt;/i&gt;.']) expect(text).toContain(part);
    expect(text).not.toContain('What would help us');
  });

  it('says when it is over, and forgets it', async () => {
    const { browser } = await followed();
    triageSays({ look: 409 });
    const over = await site.get(browser, '/concerns/follow/news');
    expect([over.status, over.text.includes('You do not follow a concern here any more')]).toEqual([410, true]);
    expect(pathOf(await site.get(browser, '/concerns/follow'))).toBe('/concerns/follow');
  });

  it('is not over because triage is away', async () => {
    const { browser } = await followed();
    triageSays({ look: 503 });
    expect((await site.get(browser, '/concerns/follow/news')).status).toBe(503);
    triageSays();
    expect((await site.get(browser, '/concerns/follow/news')).status).toBe(200);
  });

  it('ends by a button, and by “Exit this page”', async () => {
    const { browser } = await followed();
    expect(pathOf(await site.send(browser, '/concerns/follow/news', {}, '/concerns/follow/end'))).toBe('/');
    expect(sent().at(-1)).toEqual(['/concerns/follow/end', { following }]);
    const { browser: other } = await followed();
    await other.open('http://127.0.0.1:3998/exit', { stay: true });
    for (const one of [browser, other]) expect((await site.get(one, '/concerns/follow/news')).status).toBe(410);
  });

  it('takes no cookie that is not its own', async () => {
    const browser = site.browser();
    await site.get(browser, '/concerns/follow');
    browser.jar.get('http://127.0.0.1:3998')!.set('partner-here-following', Buffer.from(JSON.stringify({ council: 'E06000062', following })).toString('base64url'));
    expect((await site.get(browser, '/concerns/follow/news')).status).toBe(410);
  });

  it('asks whoever tries more than people do to wait', async () => {
    const browser = site.browser();
    await site.send(browser, '/concerns/follow', { reference });
    let last = await site.get(browser, '/concerns/follow/code');
    for (let tries = 0; tries < 61 && last.status !== 429; tries += 1) last = await site.send(site.browser(), '/concerns/follow', { reference });
    expect([last.status, last.text.includes('Too many codes')]).toEqual([429, true]);
  });
});
