import { jest } from '@jest/globals';
import { FileContents } from '../src/concern/adapters/files/file-contents.js';
import { noFurtherAction, type SentFile } from './a-triage.js';
import { aFollowing, email, form } from './a-following.js';

const { triage, later, post, publicly, followed } = await aFollowing();

describe('files of whoever follows a concern', () => {
  const add = (following: string, file: Partial<SentFile> = {}) => triage.sendFile('follow', { as: form, following, ...file });
  const list = (following: string, as = form) => triage.ask('GET', '/concerns/follow/files', { as, following });
  const parts = async (id: string) => (await triage.query('select 1 from file_part where record_id = $1', [id])).length;
  const notFollowing = { code: 'concern/not-following' };

  it('are added long after the receipt is over, held like all others, and shown without names', async () => {
    const concern = await publicly();
    expect((await triage.sendFile(concern.id, { as: form })).status).toBe(201);
    later(13 * 60);
    expect((await triage.sendFile(concern.id, { as: form })).body).toMatchObject({ code: 'concern/receipt-over' });
    const following = await followed(concern);
    expect([(await add(following, { name: 'IMG_1.txt' })).body]).toMatchObject([{ name: null, state: 'held' }]);
    expect((await list(following)).body).toMatchObject({ items: [{ name: null, state: 'held' }, { name: null }], most: 10 });
    await triage.act(concern.id, 'triage', noFurtherAction);
    expect((await add(following)).status).toBe(201);
    expect((await triage.ask('GET', `/concerns/${concern.id}/case`)).body['files']).toHaveLength(3);
    const read = await triage.query(`select 1 from read_audit where what = 'own files' and actor = $2 and $1 = any(record_ids)`, [concern.id, form]);
    expect(read).toHaveLength(1);
  });

  it('are judged as all others are', async () => {
    const following = await followed(await publicly());
    expect((await add(following, { name: 'a.docx' })).body).toMatchObject({ code: 'concern/file-kind-not-taken' });
    expect((await add(following, { name: 'a\u202etxt.pdf' })).body).toMatchObject({ code: 'concern/file-name-refused' });
    for (let n = 0; n < 10; n += 1) await add(following);
    expect((await add(following)).body).toMatchObject({ code: 'concern/too-many-files' });
  });

  it('count as a page that was seen, and end with the following', async () => {
    const concern = await publicly();
    const following = await followed(concern);
    later(20);
    await list(following);
    later(20);
    expect((await add(following)).status).toBe(201);
    later(20);
    expect((await list(following)).status).toBe(200);
    await post('end', { following });
    expect([(await list(following)).body, (await add(following)).body, await parts(concern.id)]).toEqual([expect.objectContaining(notFollowing), expect.objectContaining(notFollowing), 1]);
  });

  it('leave nothing behind where following ended while one was on its way', async () => {
    const concern = await publicly();
    const following = await followed(concern);
    const contents = triage.app.get(FileContents);
    const keep = contents.keep.bind(contents);
    const kept = jest.spyOn(contents, 'keep').mockImplementation(async (...given) => {
      const bytes = await keep(...given);
      await post('end', { following });
      return bytes;
    });
    expect((await add(following)).body).toMatchObject(notFollowing);
    kept.mockRestore();
    expect(await parts(concern.id)).toBe(0);
  });

  it('are for nobody else: not by what opens another concern, not for the other council’s form, not for who may be the one', async () => {
    const [one, other] = [await publicly(), await publicly({ email, type: 'family_or_friend' })];
    const [mine, theirs] = [await followed(one), await followed(other)];
    for (const following of [`${other.id}.${mine.split('.')[1]}`, 'nonsense', '']) expect([(await add(following)).body, (await list(following)).body]).toMatchObject([notFollowing, notFollowing]);
    expect((await list(mine, 'public-form-north')).body).toMatchObject(notFollowing);
    for (const as of ['staff-partner-1', 'staff-triage-1']) expect([(await add(mine, { as })).status, (await list(mine, as)).status]).toEqual([403, 403]);
    await triage.act(other.id, 'correct', { field: 'sourceOfRisk', value: 'known_to_individual', reason: 'It is her son.' });
    expect([(await add(theirs)).body, (await list(theirs)).body, await parts(other.id)]).toMatchObject([notFollowing, notFollowing, 0]);
  });

  it('are each for one concern, whatever key they come under', async () => {
    const [one, other] = [await followed(await publicly()), await followed(await publicly())];
    const [first, again, elsewhere] = [await add(one, { key: 'one-file' }), await add(one, { key: 'one-file' }), await add(other, { key: 'one-file' })];
    expect([first.status, again.body['id'], elsewhere.status]).toEqual([201, first.body['id'], 422]);
  });

  it('are added to a concern that was restricted meanwhile', async () => {
    const concern = await publicly();
    const following = await followed(concern);
    expect((await triage.act(concern.id, 'restriction', { names: [], why: 'staff_as_subject' }, 'staff-manager-1')).status).toBe(200);
    expect([(await add(following)).status, (await list(following)).status]).toEqual([201, 200]);
  });
});
