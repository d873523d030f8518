import { ACasePage, at, id, waiting } from '../../../test/a-case-page.js';

const fileId = '0190c1d2-0000-7000-8000-0000000000f1';
const file = { id: fileId, name: '<b>notes</b>.txt', kind: 'text', bytes: 1_234, state: 'clean', addedAt: at(11), addedBy: 'staff-triage-2' };
const withFiles = (...files: object[]) => ({ ...waiting, files });

let shown: ACasePage;
beforeAll(async () => {
  shown = await ACasePage.start();
}, 30_000);
afterAll(() => shown.close());
beforeEach(() => shown.begin());

const href = `/concerns/${id}/files/${fileId}`;

describe('the files of a concern', () => {
  it('are listed with what they are, who added them and when, and open once they were checked', async () => {
    shown.held = withFiles(file);
    const { payload } = await shown.get();
    expect(payload).toContain(`<a class="govuk-link" href="${href}" download>&lt;b&gt;notes&lt;/b&gt;.txt</a>`);
    expect(payload.replaceAll(/\s+/g, ' ')).toMatch(/plain text, 1 KB, 1 July 2026, 12:00pm, A Colleague|plain text, 1 KB, 1 July 2026, \S+, A Colleague/);
  });

  it('say that whoever raised it added them, where they did, and not by which program', async () => {
    const story = [...waiting.story, { sequence: 3, type: 'FileAdded', at: at(11), recordedAt: at(11), actor: 'staff-partner-1', name: 'notes.txt' }];
    shown.held = { ...withFiles({ ...file, addedBy: 'staff-partner-1' }), story };
    const { payload } = await shown.get();
    expect([payload.match(/, whoever raised it/g)?.length, payload.includes('staff-partner-1')]).toEqual([2, false]);
  });

  it.each(['held', 'refused'])('lead nowhere while they are %s', async (state) => {
    shown.held = withFiles({ ...file, state });
    const { payload } = await shown.get();
    expect([payload.includes('&lt;b&gt;notes'), payload.includes(`href="${href}"`), payload.includes('Where no scanner is set up')]).toEqual([true, false, state === 'held']);
  });

  it('are given on as they come, to be kept and not shown', async () => {
    shown.held = withFiles(file);
    const answer = () => new Response('Notes.', { headers: { 'content-type': 'text/plain; charset=utf-8', 'content-length': '6', 'content-disposition': 'attachment; filename="notes.txt"', 'set-cookie': 'x=1' } });
    const ask = shown.services.getMockImplementation()!;
    shown.services.mockImplementation(async (input, init) => (String(input).endsWith(href) ? answer() : ask(input, init)));
    const { payload, headers } = await shown.get(`files/${fileId}`);
    expect([payload, headers]).toEqual(['Notes.', expect.objectContaining({ 'content-disposition': 'attachment; filename="notes.txt"', 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringContaining('sandbox') })]);
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('that are not there, or not open yet, are not found', async () => {
    expect((await shown.get(`files/${fileId}`)).statusCode).toBe(404);
    expect((await shown.get('files/none')).statusCode).toBe(404);
  });
});

describe('adding a file', () => {
  it('sends it on under the key of its form, and leads back to the concern', async () => {
    const answer = await shown.site.sendFile(shown.path('files'), { name: 'notes.txt', content: 'Told by an invented neighbour.' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `/concerns/${id}`]);
    const [, init] = shown.services.mock.calls.find(([input, sent]) => String(input).endsWith('/files') && sent?.method === 'POST')!;
    const sent = await new Response(init!.body as ReadableStream).text();
    expect([sent.includes('filename="notes.txt"'), sent.includes('invented neighbour'), new Headers(init!.headers).get('idempotency-key')]).toEqual([true, true, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  it('asks again where none was chosen, where it is not taken, and where nobody answers', async () => {
    expect((await shown.site.sendFile(shown.path('files'))).payload).toContain('Choose a file');
    shown.taken = () => Response.json({ detail: 'What the file holds is not what its name says.', code: 'concern/file-not-as-said' }, { status: 409 });
    const refused = await shown.site.sendFile(shown.path('files'), { name: 'a.pdf', content: 'x' });
    expect([refused.statusCode, refused.payload.includes('is not what its name says')]).toEqual([409, true]);
    shown.taken = () => Response.json({}, { status: 503 });
    const unanswered = await shown.site.sendFile(shown.path('files'), { name: 'a.pdf', content: 'x' });
    expect([unanswered.statusCode, unanswered.payload.includes('it is not known whether it was added')]).toEqual([503, true]);
  });

  it('says of a form whose file was added, its answer lost, and that brings another that it was', async () => {
    shown.taken = () => Response.json({ status: 422, code: 'idempotency/key-reused' }, { status: 422 });
    const { statusCode, payload } = await shown.site.sendFile(shown.path('files'), { name: 'b.txt', content: 'x' });
    expect([statusCode, payload.includes('You sent this form before, and that was recorded')]).toEqual([422, true]);
  });

  it('is taken with the token of its page alone', async () => {
    expect((await shown.site.forge(shown.path('files'))).statusCode).toBe(403);
  });
});
