import { jest } from '@jest/globals';
import { MaintainSource } from '#libs/platform';
import { wholeFiles } from '../src/concern/adapters/files/files.check.js';
import { FileContents } from '../src/concern/adapters/files/file-contents.js';
import { FileScans } from '../src/concern/adapters/files/file-scans.js';
import { AClamd, eicar } from './a-clamd.js';
import { ATriage, type SentFile } from './a-triage.js';

const notes = { name: 'Notes of 2 June.txt', content: 'Notes. (Invented.)' };

let triage: ATriage;
let clamd: AClamd;
beforeAll(async () => {
  clamd = await AClamd.start();
  triage = await ATriage.make(0, { CLAMAV_URL: clamd.url, FILE_MEGABYTES: '1', FILES_A_CONCERN: '3' });
}, 60_000);
afterAll(async () => {
  await triage.close();
  await clamd.close();
});
beforeEach(() => {
  clamd.says = undefined;
});
afterEach(() => {
  jest.restoreAllMocks();
});

const scans = (): FileScans => triage.app.get(FileScans);
const asPublic = 'staff-public-1';
const listed = async (id: string, as = 'staff-partner-1') => (await triage.ask('GET', `/concerns/${id}/files`, { as })).body as { items: { id: string; name: string | null; state: string }[]; mostBytes: number; most: number };
const stateOf = async (id: string) => (await listed(id)).items.map(({ state }) => state);
const rowsOf = async (id: string) => (await triage.query<{ parts: number; uploads: number }>(`select (select count(*)::int from file_part where record_id = $1) as parts, (select count(*)::int from upload where record_id = $1) as uploads`, [id]))[0];
/** The same, sent and scanned. */
async function sent(id: string, file: Partial<SentFile> = {}): Promise<string> {
  const { status, body } = await triage.sendFile(id, { ...notes, ...file });
  expect([status, body['state']]).toEqual([201, 'held']);
  await scans().go();
  return body['id'] as string;
}
const refusedFor = async (id: string, file: Partial<SentFile>) => {
  const { status, body } = await triage.sendFile(id, file);
  return [status, body['code']];
};

describe('a file', () => {
  it('is taken, held until it was scanned, and then given back as it was, never to be shown', async () => {
    const id = await triage.raised();
    const held = jest.spyOn(scans(), 'go').mockResolvedValue();
    const { body: { id: fileId } } = await triage.sendFile(id, notes);
    expect((await triage.openFile(id, fileId as string)).json()).toMatchObject({ status: 409, code: 'concern/file-held' });
    held.mockRestore();
    await scans().go();
    expect(await stateOf(id)).toEqual(['clean']);
    const opened = await triage.openFile(id, fileId as string);
    expect([opened.statusCode, opened.body]).toEqual([200, notes.content]);
    expect(opened.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8', 'content-length': String(notes.content.length), 'x-content-type-options': 'nosniff', 'cache-control': 'no-store',
      'content-disposition': `attachment; filename="Notes of 2 June.txt"; filename*=UTF-8''Notes%20of%202%20June.txt`, 'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
    });
    const [read] = await triage.query<{ actor: string }>(`select actor from read_audit where what = 'concern file' and $1 = any(record_ids)`, [id]);
    expect(read!.actor).toBe('staff-triage-1');
  });

  it('is kept in parts that nobody can read, with its name, and neither is in the story', async () => {
    const id = await triage.raised();
    const content = `Told by an invented neighbour.\n`.repeat(20_000);
    const fileId = await sent(id, { content });
    expect((await rowsOf(id))!.parts).toBe(Math.ceil(content.length / (256 * 1024)));
    expect((await triage.openFile(id, fileId)).body).toBe(content);
    const [kept] = await triage.query<{ all: string }>(
      `select concat_ws(' ', (select string_agg(journal::text, ' ') from journal where record_id = $1), (select string_agg(encode(cipher, 'escape'), ' ') from file_part), (select string_agg(upload::text, ' ') from upload), (select string_agg(encode(cipher, 'escape'), ' ') from narrative)) as all`, [id]);
    expect(kept!.all).toContain('FileAdded');
    expect(kept!.all).not.toMatch(/invented neighbour|Notes of/);
  });

  it('cannot be put in the place of another, nor shortened', async () => {
    const id = await triage.raised();
    const [one, other] = [await sent(id), await sent(id, { content: 'Another (Invented)' })];
    await triage.asOwner(`update triage.file_part set cipher = (select cipher from triage.file_part where file_id = '${other}') where file_id = '${one}'`);
    await triage.asOwner(`update triage.file_part set cipher = substring(cipher from 1 for 40) where file_id = '${other}'`);
    // The first broke after its answer had begun.
    const broken = await triage.openFile(id, one).then(({ body }) => body, () => '');
    expect([broken, (await triage.openFile(id, other)).statusCode]).toEqual([expect.not.stringContaining('nvented'), 500]);
  });

  it('is one file, however often it is sent under one key, and the key is for that file alone', async () => {
    const id = await triage.raised();
    const first = await triage.sendFile(id, { ...notes, key: 'one-file' });
    const again = await triage.sendFile(id, { ...notes, key: 'one-file' });
    const other = await triage.sendFile(id, { ...notes, content: 'Something else.', key: 'one-file' });
    expect([first.status, again.status, again.body['id'], other.status]).toEqual([201, 201, first.body['id'], 422]);
    expect([(await stateOf(id)).length, (await rowsOf(id))!.parts]).toEqual([1, 1]);
  });

  it('is shown with the case, and the story tells that it came', async () => {
    const id = await triage.raised();
    const fileId = await sent(id);
    const { body } = await triage.ask('GET', `/concerns/${id}/case`);
    expect(body['files']).toEqual([expect.objectContaining({ id: fileId, name: notes.name, kind: 'text', bytes: notes.content.length, state: 'clean', addedBy: 'staff-partner-1' })]);
    expect((body['story'] as object[]).slice(-2)).toMatchObject([{ type: 'FileAdded', name: notes.name }, { type: 'FileJudged', verdict: 'clean' }]);
  });
});

describe('a file that is refused', () => {
  it('leaves nothing behind, whatever was wrong with it', async () => {
    const id = await triage.raised();
    expect(await refusedFor(id, { content: Buffer.alloc(1_000_001, 'x') })).toEqual([413, 'concern/file-too-large']);
    expect(await refusedFor(id, { name: 'a.pdf', type: 'application/pdf', content: 'PK\x03\x04 an archive' })).toEqual([409, 'concern/file-not-as-said']);
    expect(await refusedFor(id, { name: 'a.docx', type: '', content: 'PK\x03\x04 an archive' })).toEqual([409, 'concern/file-kind-not-taken']);
    expect(await refusedFor(id, { content: '' })).toEqual([409, 'concern/file-empty']);
    expect(await refusedFor(id, { name: '' })).toEqual([409, 'concern/file-name-required']);
    expect((await triage.ask('POST', `/concerns/${id}/files`, { as: 'staff-partner-1', body: {} })).status).toBe(415);
    expect([await stateOf(id), await rowsOf(id)]).toEqual([[], { parts: 0, uploads: 0 }]);
  });

  it('is one too many for its concern', async () => {
    const id = await triage.raised();
    for (const name of ['1.txt', '2.txt']) await sent(id, { name });
    const last = { ...notes, key: 'the-last' };
    const { body } = await triage.sendFile(id, last);
    expect(await triage.sendFile(id, last)).toMatchObject({ status: 201, body: { id: body['id'] } });
    expect(await refusedFor(id, notes)).toEqual([409, 'concern/too-many-files']);
  });

  it('was found by the scanner: it is deleted and shown as that, and never opened', async () => {
    const id = await triage.raised();
    const fileId = await sent(id, { name: 'invoice.txt', content: eicar });
    expect([await stateOf(id), await rowsOf(id), (await triage.openFile(id, fileId)).json()]).toEqual([['refused'], { parts: 0, uploads: 0 }, expect.objectContaining({ status: 409, code: 'concern/file-refused' })]);
  });
});

describe('a scanner', () => {
  it.each(['INSTREAM size limit exceeded. ERROR', 'stream: UNKNOWN', ''])('that says %j vouches for nothing: the file stays held, and is scanned again', async (says) => {
    const id = await triage.raised();
    clamd.says = says;
    await sent(id);
    expect([await stateOf(id), (await triage.query<{ tries: number }>('select tries from upload where record_id = $1', [id]))[0]]).toEqual([['held'], { tries: 1 }]);
    clamd.says = undefined;
    await triage.query(`update upload set due_at = now() where record_id = $1`, [id]);
    await scans().go();
    expect([await stateOf(id), (await rowsOf(id))!.uploads]).toEqual([['clean'], 0]);
  });

  it('is asked once for a file by two who look at the same time', async () => {
    const id = await triage.raised();
    const before = clamd.scanned.length;
    const held = jest.spyOn(scans(), 'go').mockResolvedValue();
    await triage.sendFile(id, notes);
    held.mockRestore();
    await Promise.all([scans().go(), scans().go()]);
    expect([clamd.scanned.slice(before), await stateOf(id)]).toEqual([[notes.content.length], ['clean']]);
  });
});

describe('what was begun and not sent to its end', () => {
  it('is refused where what came first was let go of before all of it had come', async () => {
    const id = await triage.raised();
    const contents = triage.app.get(FileContents);
    const keep = contents.keep.bind(contents);
    jest.spyOn(contents, 'keep').mockImplementation(async (...parts) => {
      const bytes = await keep(...parts);
      await triage.asOwner(`delete from triage.upload where record_id = '${id}'; delete from triage.file_part where record_id = '${id}'`);
      return bytes;
    });
    expect((await triage.sendFile(id, notes)).status).toBe(408);
    expect([await stateOf(id), await rowsOf(id)]).toEqual([[], { parts: 0, uploads: 0 }]);
  });

  it('is let go after an hour, and not what waits to be scanned', async () => {
    const id = await triage.raised();
    await sent(id);
    const [fileId, key] = ['01900000-0000-7000-8000-000000000001', 'aa'];
    await triage.query(`insert into upload (file_id, record_id, authority, begun_at) values ($1, $2, 'E06000062', now() - interval '2 hours')`, [fileId, id]);
    await triage.query(`insert into file_part (file_id, number, record_id, cipher) values ($1, 1, $2, $3)`, [fileId, id, Buffer.from(key)]);
    await scans().go();
    expect([await rowsOf(id), await stateOf(id)]).toEqual([{ parts: 1, uploads: 0 }, ['clean']]);
  });
});

describe('whose a file is', () => {
  it('partners see what they added, and whoever works here all', async () => {
    const id = await triage.raised();
    await sent(id);
    await sent(id, { name: 'police report.txt', as: 'staff-triage-1' });
    expect((await listed(id)).items.map(({ name }) => name)).toEqual([notes.name]);
    expect((await listed(id, 'staff-manager-1')).items).toHaveLength(2);
    expect((await triage.openFile(id, (await listed(id)).items[0]!.id, 'staff-partner-1')).statusCode).toBe(403);
  });

  it('those of a restricted concern are scanned like others, and open to whom it is open to', async () => {
    const id = await triage.raised();
    expect((await triage.act(id, 'restriction', { names: [], why: 'staff_as_subject' }, 'staff-manager-1')).status).toBe(200);
    const fileId = await sent(id);
    expect(await stateOf(id)).toEqual(['clean']);
    const opened = async (as: string) => (await triage.openFile(id, fileId, as)).statusCode;
    expect([await opened('staff-manager-1'), await opened('staff-triage-1')]).toEqual([200, 404]);
    expect((await triage.ask('GET', `/concerns/${id}/files`, { as: 'staff-triage-1' })).status).toBe(404);
  });

  it('nobody adds to, or opens, what is another’s', async () => {
    const id = await triage.raised();
    const fileId = await sent(id);
    expect(await refusedFor(id, { as: 'staff-partner-2' })).toEqual([404, undefined]);
    expect(await refusedFor(id, { as: 'staff-triage-north-1' })).toEqual([404, undefined]);
    expect((await triage.openFile(id, fileId, 'staff-triage-north-1')).statusCode).toBe(404);
    expect((await triage.openFile(await triage.raised(), fileId)).statusCode).toBe(404);
    expect((await triage.openFile(id, fileId, 'staff-data-1')).statusCode).toBe(403);
  });

  it('whoever may be the one who causes the harm is answered as if nobody had looked at it, and others are told', async () => {
    const enterInError = async (id: string) => {
      await triage.act(id, 'entered-in-error/propose', { reason: 'Invented.' });
      expect((await triage.act(id, 'entered-in-error/confirm', {}, 'staff-manager-1')).status).toBe(200);
    };
    const relative = { referrer: { type: 'family_or_friend' }, sourceOfRisk: 'known_to_individual' };
    for (const as of ['staff-partner-1', asPublic]) {
      const [live, taken, other] = [await triage.raised(relative, as), await triage.raised(relative, as), await triage.raised({ referrer: { type: 'family_or_friend' } }, as)];
      await enterInError(taken);
      await enterInError(other);
      const answers = async (id: string) => {
        const { status, body: { id: _id, addedAt: _at, ...file } } = await triage.sendFile(id, { as });
        await scans().go();
        const { items, ...list } = await listed(id, as);
        const { body: { id: _self, reference: _reference, receivedAt: _received, ...seen } } = as === asPublic ? { body: {} as Record<string, unknown> } : await triage.ask('GET', `/concerns/${id}`, { as });
        return { status, file, list, added: items.length, seen };
      };
      const whereLive = await answers(live);
      expect(whereLive).toMatchObject({ status: 201, added: 1 });
      expect(await answers(taken)).toEqual(whereLive);
      expect(await refusedFor(other, { as })).toEqual([409, 'concern/entered-in-error']);
      // What an officer adds takes none of the room of whoever may not see that there are officers.
      for (let n = 0; n < 2; n += 1) await triage.sendFile(live, { as: 'staff-triage-1', name: `from elsewhere ${n}.txt` });
      const another = async (id: string) => (await triage.sendFile(id, { as, name: 'again.txt' })).status;
      for (const expected of [201, 201, 409]) expect([await another(live), await another(taken)]).toEqual([expected, expected]);
      expect(await refusedFor(taken, { as: 'staff-triage-1' })).toEqual([409, 'concern/entered-in-error']);
    }
  });

  it('the public add to what they have just raised, for twelve hours, and are told no names', async () => {
    const id = await triage.raised({}, asPublic);
    await sent(id, { as: asPublic });
    expect(await listed(id, asPublic)).toMatchObject({ items: [{ name: null, state: expect.any(String) }], mostBytes: 1_000_000, most: 3 });
    expect((await triage.act(id, 'correct', { field: 'receivedAt', value: '2026-01-01T09:00:00.000000Z', reason: 'Invented.' })).status).toBe(200);
    expect(await refusedFor(id, { as: asPublic })).toEqual([409, 'concern/receipt-over']);
    expect((await triage.ask('GET', `/concerns/${id}/files`, { as: asPublic })).body['code']).toBe('concern/receipt-over');
  });
});

it('is verified: what it holds is there, and nothing that no story tells of', async () => {
  const id = await triage.raised();
  const [one, other] = [await sent(id), await sent(id, { name: 'other.txt' })];
  await sent(id, { name: 'invoice.txt', content: eicar });
  const found = async () => (await Array.fromAsync(wholeFiles(triage.app.get(MaintainSource)).run())).filter(({ where }) => where['record'] === id).map(({ where, what }) => [where['file'], what]);
  expect(await found()).toEqual([]);
  await triage.query('delete from file_part where file_id = $1', [one]);
  await triage.asOwner(`update triage.file_part set file_id = '01900000-0000-7000-8000-000000000002' where file_id = '${other}'`);
  const gone = 'what a file holds is not there as it came';
  expect(await found()).toEqual(expect.arrayContaining([[one, gone], [other, gone], ['01900000-0000-7000-8000-000000000002', 'something is kept of a file that is not in the story']]));
});

it('goes with everything else that was said of a concern when that is disposed of', async () => {
  const id = await triage.raised();
  const fileId = await sent(id);
  await triage.query('delete from narrative where record_id = $1', [id]);
  await triage.query('delete from record_key where record_id = $1', [id]);
  expect([await rowsOf(id), (await triage.openFile(id, fileId)).statusCode]).toEqual([{ parts: 0, uploads: 0 }, 500]);
});
