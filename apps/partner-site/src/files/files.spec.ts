import { aPartnerSite, partner, pathOf, taken } from '../../test/a-partner-site.js';

const { site, ready, send } = await aPartnerSite();

const id = '0190c1d2-0000-7000-8000-0000000000c1';
const place = '/concerns/receipt/files';
const listed = (...items: object[]) => ({ items, most: 2, mostBytes: 10_000_000 });
const file = { id: 'f1', name: null as string | null, kind: 'jpeg', bytes: 2_400_000, state: 'held', addedAt: '2026-07-01T09:05:00.000000Z' };

/** Triage has this concern, and these files of it. */
function hasFiles(files: object, { status = 201, body = { id: 'f1' } as object } = {}) {
  site.triage.mockImplementation(async (input, init) => {
    if (!String(input).endsWith('/files')) return Response.json({ ...taken, id, authority: 'E06000062' }, { status: 201 });
    return init?.method === 'POST' ? Response.json(body, { status }) : Response.json(files);
  });
}
const asked = () => site.triage.mock.calls.filter(([input]) => String(input).endsWith('/files')).map(([input, init]) => ({ to: new URL(String(input)).pathname, headers: new Headers(init?.headers), method: init?.method, body: init?.body }));

/** Somebody who has just sent a concern. */
async function sent() {
  const browser = await ready();
  return { browser, receipt: await send(browser) };
}

const add = site.sendFile.bind(site);
const photo = { name: 'IMG_1.jpg', content: 'A picture.' };

describe('adding a file with the receipt in hand', () => {
  it('is offered, goes in the name in which the concern went, and is shown as held', async () => {
    hasFiles(listed(file));
    const { browser, receipt } = await sent();
    expect(receipt.text).toMatch(new RegExp(`href="${place}"[^<]*Add photographs or documents now`));
    const answer = await add(browser, place, photo);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, place]);
    const [, posted] = asked();
    expect([posted!.to, posted!.headers.get('authorization'), await new Response(posted!.body as ReadableStream).text()]).toEqual([`/concerns/${id}/files`, 'Bearer of-the-public-E06000062', expect.stringContaining('A picture.')]);
    const { text } = await site.get(browser, place);
    for (const shown of ['SC-2026-000123', 'Picture (JPEG), 2.4 MB', 'nobody can open it until it has been checked', 'of 10 MB at most']) expect(text).toContain(shown);
  });

  it('says why it shows no names, and leads on when they are done', async () => {
    hasFiles(listed(file));
    const { browser } = await sent();
    const { text } = await site.get(browser, place);
    expect([text.includes('The names of the files are not shown here'), /href="\/concerns\/receipt"[^>]*>\s*I am done/.test(text)]).toEqual([true, true]);
    hasFiles(listed({ ...file, name: 'IMG_1.jpg' }));
    const named = await site.get(browser, place);
    expect([named.text.includes('IMG_1.jpg'), named.text.includes('are not shown here')]).toEqual([true, false]);
  });

  it('says why one was not taken, and what to do', async () => {
    hasFiles(listed());
    const { browser } = await sent();
    expect((await add(browser, place)).payload).toContain('Choose a file');
    hasFiles(listed(), { status: 413, body: { detail: 'A file may have 10 MB at most.' } });
    const refused = await add(browser, place, photo);
    expect([refused.statusCode, refused.payload.includes('A file may have 10 MB at most.'), refused.payload.includes('01632 960 999')]).toEqual([413, true, true]);
  });

  it('keeps all else where the connection breaks, and the key, so that the same file is taken once', async () => {
    hasFiles(listed(file), { status: 503 });
    const { browser } = await sent();
    const keyOf = (text: string) => /name="key" value="([^"]+)"/.exec(text)?.[1];
    const lost = await add(browser, place, photo);
    expect([lost.statusCode, lost.payload.includes('Nothing else is lost'), lost.payload.includes('Picture (JPEG), 2.4 MB'), keyOf(lost.payload)]).toEqual([503, true, true, asked().find(({ method }) => method === 'POST')!.headers.get('idempotency-key')]);
    hasFiles(listed(), { status: 422, body: { detail: 'This Idempotency-Key was used.' } });
    const other = await add(browser, place, photo);
    expect([other.payload.includes('Idempotency'), other.payload.includes('choose this one again')]).toEqual([false, true]);
  });

  it('gives the form back also where nobody can tell what was added', async () => {
    hasFiles(listed());
    const { browser } = await sent();
    const page = await site.get(browser, place);
    site.triage.mockImplementation(async () => Response.json({}, { status: 503 }));
    const away = await add(browser, place, photo, page);
    expect([away.statusCode, away.payload.includes('cannot be shown just now'), away.payload.includes('type="file"')]).toEqual([503, true, true]);
  });

  it('says when its time is over, and how to go on', async () => {
    hasFiles(listed());
    const { browser } = await sent();
    site.triage.mockImplementation(async () => Response.json({ code: 'concern/receipt-over', detail: 'It is over. (Invented.)' }, { status: 409 }));
    const over = await site.get(browser, place);
    expect([over.status, over.text.includes('It is over. (Invented.)'), over.text.includes('href="/concerns/follow"'), over.text.includes('was not taken')]).toEqual([410, true, true, false]);
  });

  it('ends where there are as many as a concern takes', async () => {
    hasFiles(listed(file, { ...file, state: 'refused' }));
    const { browser } = await sent();
    const { text } = await site.get(browser, place);
    expect([text.includes('type="file"'), text.includes('A concern takes 2 files'), text.includes('harmful, and deleted')]).toEqual([false, true, true]);
  });

  it('is for whoever has the receipt, and for nobody else who was signed in', async () => {
    expect(pathOf(await site.get(site.browser(), place))).toBe('/');
    hasFiles(listed());
    site.visitor = partner();
    const { browser } = await sent();
    expect(asked()).toEqual([]);
    site.visitor = partner('staff-partner-2');
    expect((await site.get(browser, '/concerns/receipt')).text).not.toContain(`href="${place}"`);
    expect(pathOf(await site.get(browser, place))).toBe('/concerns/receipt');
    expect((await site.inject({ method: 'POST', url: place, payload: {} })).statusCode).toBe(403);
  });
});

describe('adding a file to one of one’s own concerns', () => {
  it('goes in one’s own name, and shows what the files are called', async () => {
    hasFiles(listed({ ...file, name: 'IMG_1.jpg', state: 'clean' }));
    site.visitor = partner();
    const browser = site.browser();
    const { text } = await site.get(browser, `/concerns/raised/${id}/files`);
    for (const shown of ['IMG_1.jpg', 'the team can open it']) expect(text).toContain(shown);
    const answer = await add(browser, `/concerns/raised/${id}/files`, photo);
    expect([answer.statusCode, asked().at(-1)!.headers.get('authorization')]).toEqual([303, 'Bearer of-staff-partner-1']);
  });

  it('is not found where it is another’s, or where nobody is signed in', async () => {
    site.triage.mockImplementation(async () => Response.json({}, { status: 404 }));
    expect((await site.get(site.browser(), `/concerns/raised/${id}/files`)).status).toBe(404);
    site.visitor = partner();
    expect((await site.get(site.browser(), `/concerns/raised/${id}/files`)).status).toBe(404);
    expect((await site.get(site.browser(), '/concerns/raised/none/files')).status).toBe(404);
  });
});
