import { jest } from '@jest/globals';
import { Clock } from '#libs/platform';
import { addSeconds, type Instant } from '#libs/calendar';
import { Sender } from '../src/concern/adapters/post/sender.js';
import { FileContents } from '../src/concern/adapters/files/file-contents.js';
import { ATriage, noFurtherAction, type SentFile } from './a-triage.js';

const west = 'E06000062';
const form = 'public-form';
const email = 'neighbour@example.test';

let triage: ATriage;
let now: Instant | undefined;
beforeAll(async () => {
  triage = await ATriage.make();
  const clock = triage.app.get(Clock);
  const real = clock.now.bind(clock);
  jest.spyOn(clock, 'now').mockImplementation(() => now ?? real());
}, 60_000);
afterAll(() => triage.close());
beforeEach(() => {
  now = '2026-11-23T09:00:00.000000Z';
});

const later = (minutes: number): void => {
  now = addSeconds(now!, minutes * 60);
};
const post = (path: string, body: object, as = form) => triage.ask('POST', `/concerns/follow/${path}`, { as, body });
const publicly = async (referrer: object = { email }, more: object = {}) => {
  const { body } = await triage.ask('POST', '/concerns', { as: form, body: { authority: west, worry: 'A worry. (Invented.)', referrer, ...more } });
  return { id: body['id'] as string, reference: body['reference'] as string };
};
const codesOf = async (id: string): Promise<string[]> => {
  // What is asked for is done after the answer.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await triage.app.get(Sender).go();
  const { body } = await triage.ask('GET', '/outbox');
  return (body['items'] as { recordId: string; body: string }[]).filter(({ recordId }) => recordId === id).flatMap((one) => /\d{6}/.exec(one.body)?.[0] ?? []);
};
const asked = async (concern: { id: string; reference: string }): Promise<string> => {
  expect((await post('code', { reference: concern.reference })).status).toBe(202);
  return (await codesOf(concern.id))[0]!;
};
/** What opens a concern to whoever raised it. */
const followed = async (concern: { id: string; reference: string }): Promise<string> => {
  const { status, body } = await post('begin', { reference: concern.reference, code: await asked(concern) });
  expect(status).toBe(200);
  return body['following'] as string;
};

describe('a code', () => {
  it('goes to the contact that was given, and opens the concern once', async () => {
    const concern = await publicly();
    const code = await asked(concern);
    const first = await post('begin', { reference: ` ${concern.reference.toLowerCase().replaceAll('-', ' ')} `, code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(first.status).toBe(200);
    const second = await post('begin', { reference: concern.reference, code });
    expect([second.status, second.body['code']]).toEqual([409, 'concern/code-refused']);
  });

  it('is answered for alike, whether there is such a concern, a contact, or a plain way, or not', async () => {
    const concerns = [await publicly(), await publicly({}), await publicly({ email }, { details: { contactRisky: 'yes' } }), await publicly({ email }, { details: { contactRisky: 'not_sure', safeContact: 'Mornings only' } }), await publicly({ email }, { details: { safeContact: 'Mornings only' } }), { id: '', reference: 'SC-0000-0000' }, { id: '', reference: 'nonsense' }];
    const answers = await Promise.all(concerns.map(({ reference }) => post('code', { reference })));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(concerns.map(() => [202, { sentBy: 'outbox' }]));
    const sent = await Promise.all(concerns.map(({ id }) => codesOf(id)));
    expect(sent.map(({ length }) => length)).toEqual([1, 0, 0, 0, 0, 0, 0]);
    const tries = await Promise.all(concerns.map(({ reference }) => post('begin', { reference, code: '000000x' })));
    expect(new Set(tries.map(({ status, body }) => JSON.stringify([status, body['code'], body['detail']]))).size).toBe(1);
  });

  it('goes to whoever would rather be rung at some time, and spoke of no danger: they ask for it themselves', async () => {
    const concern = await publicly({ email }, { details: { contactRisky: 'no', safeContact: 'after 6 pm' } });
    expect(await asked(concern)).toMatch(/^\d{6}$/);
  });

  it('goes to nobody who may be causing the harm, or be close to whoever does', async () => {
    const byRelative = await publicly({ email, type: 'family_or_friend' }, { sourceOfRisk: 'known_to_individual' });
    expect((await post('code', { reference: byRelative.reference })).body).toEqual({ sentBy: 'outbox' });
    expect(await codesOf(byRelative.id)).toEqual([]);
  });

  it('goes to whoever turns out not to cause the harm, as to others, until somebody says otherwise', async () => {
    const byWorker = await publicly({ email, type: 'care_home' }, { sourceOfRisk: 'service_provider' });
    await post('code', { reference: byWorker.reference });
    expect(await codesOf(byWorker.id)).toEqual([]);
    expect(await triage.act(byWorker.id, 'referrer-judged', { mayBeSource: false, reason: 'A worker who saw a colleague do it. (Invented.)' })).toMatchObject({ status: 200 });
    const following = await followed(byWorker);
    expect(await post('look', { following })).toMatchObject({ status: 200, body: { stage: 'received' } });
    await triage.act(byWorker.id, 'referrer-judged', { mayBeSource: true, reason: 'It was they. (Invented.)' });
    expect(await post('look', { following })).toMatchObject({ status: 409, body: { code: 'concern/not-following' } });
  });

  it('follows nothing that somebody raised who was signed in, or the other council’s form', async () => {
    const theirs = await triage.raised({ referrer: { email } });
    const { body } = await triage.ask('GET', `/concerns/${theirs}`);
    await post('code', { reference: body['reference'] as string });
    const concern = await publicly();
    await post('code', { reference: concern.reference }, 'public-form-north');
    expect([await codesOf(theirs), await codesOf(concern.id)]).toEqual([[], []]);
  });

  it('is over after ten minutes, and used up by five tries', async () => {
    const [one, other] = [await publicly(), await publicly()];
    const codes = [await asked(one), await asked(other)];
    const wrong = codes[1] === '123456' ? '654321' : '123456';
    for (let tries = 0; tries < 5; tries += 1) expect((await post('begin', { reference: other.reference, code: wrong })).status).toBe(409);
    expect((await post('begin', { reference: other.reference, code: codes[1]! })).status).toBe(409);
    later(10);
    expect((await post('begin', { reference: one.reference, code: codes[0]! })).status).toBe(409);
  });

  it('is made no more often than once a minute and five times a day', async () => {
    const concern = await publicly();
    for (let times = 0; times < 7; times += 1) {
      await post('code', { reference: concern.reference });
      await post('code', { reference: concern.reference });
      await codesOf(concern.id);
      later(2);
    }
    expect(await codesOf(concern.id)).toHaveLength(5);
  });

  it('is kept as a hash that nobody reads it from, in no event and no log of its asking', async () => {
    const concern = await publicly();
    const code = await asked(concern);
    const [row] = await triage.query<{ all: string }>(`select concat_ws(' ', (select string_agg(following::text, ' ') from following), (select string_agg(data::text, ' ') from journal where record_id = $1), (select string_agg(sending::text, ' ') from sending)) as all`, [concern.id]);
    expect(row!.all).not.toContain(code);
    expect(await triage.query('select 1 from sending where record_id = $1', [concern.id])).toEqual([]);
  });

  it('is for the site’s own program, and nobody else', async () => {
    for (const as of ['staff-partner-1', 'staff-triage-1', 'partner-police']) expect((await post('code', { reference: 'SC-0000-0000' }, as)).status).toBe(403);
  });
});

describe('as whom a partner raised it', () => {
  it('stays for them as they said, whatever an officer put right', async () => {
    const id = await triage.raised({ referrer: { type: 'care_home' } });
    await triage.act(id, 'correct', { field: 'referrerType', value: 'self', reason: 'They told of themselves. (Invented.)' });
    expect((await triage.ask('GET', `/concerns/${id}`, { as: 'staff-partner-1' })).body).toMatchObject({ isOwn: false });
    expect((await triage.ask('GET', `/concerns/${id}/case`)).body).toMatchObject({ referrerType: 'self' });
  });
});

describe('a partner who may be causing the harm, or be close to whoever does', () => {
  const partner = 'staff-partner-1';
  const provider = { referrer: { type: 'care_home' }, abuseTypes: ['physical'] };
  const seen = async (id: string) => {
    const [{ body, etag }, all] = [await triage.ask('GET', `/concerns/${id}`, { as: partner }), await triage.ask('GET', '/concerns/raised', { as: partner })];
    return { body, etag, listed: (all.body['items'] as { id: string }[]).find((one) => one.id === id) };
  };

  it('sees that it was received and nothing more, alike by every way and whatever is done with it', async () => {
    const id = await triage.raised({ ...provider, sourceOfRisk: 'service_provider' });
    const before = await seen(id);
    expect(before.body).toMatchObject({ status: 'awaiting-triage', stage: 'received', missing: expect.arrayContaining(['person_name']), decidedAt: null, feedback: null });
    expect(before.listed).toEqual(before.body);
    await triage.act(id, 'assign', { to: 'staff-triage-1' });
    await triage.act(id, 'ask', { what: ['when_it_happened'], message: 'Rang. (Invented.)' });
    await triage.act(id, 'answer', { what: ['person_name'], answer: 'Rang another. (Invented.)' });
    await triage.act(id, 'triage', noFurtherAction);
    expect(await seen(id)).toEqual(before);
  });

  it('sees from when it comes out what they would see of one that nobody has looked at', async () => {
    const [id, untouched] = [await triage.raised(provider), await triage.raised(provider)];
    await triage.act(id, 'triage', noFurtherAction);
    expect((await seen(id)).body).toMatchObject({ stage: 'decided', feedback: 'owed' });
    await triage.act(id, 'correct', { field: 'sourceOfRisk', value: 'service_provider', reason: 'It was their own staff.' });
    const [of, { body }] = [await seen(id), await seen(untouched)];
    expect(of.listed).toEqual(of.body);
    expect({ ...of.body, id: '', reference: '', receivedAt: '' }).toEqual({ ...body, id: '', reference: '', receivedAt: '' });
  });
});

describe('whoever follows a concern', () => {
  const look = async (following: string) => (await post('look', { following })).body;

  it('sees how far it is, what is wanted, and what was written to them; nothing of what was judged', async () => {
    const concern = await publicly();
    const following = await followed(concern);
    expect(await look(following)).toMatchObject({ reference: concern.reference, stage: 'received', missing: expect.arrayContaining(['person_name']), message: null });
    await triage.act(concern.id, 'assign', { to: 'staff-triage-1' });
    expect(await look(following)).toMatchObject({ stage: 'being_looked_at' });
    await triage.act(concern.id, 'triage', noFurtherAction);
    expect(await look(following)).toMatchObject({ stage: 'decided', feedback: 'owed', message: null });
    await triage.act(concern.id, 'message', { way: 'email', message: 'We looked into it. (Invented.)' });
    await codesOf(concern.id);
    const told = await look(following);
    expect(told).toMatchObject({ stage: 'decided', feedback: 'told', message: 'We looked into it. (Invented.)', earlierMessages: [] });
    await triage.act(concern.id, 'reopen', { reason: 'More came. (Invented.)' });
    expect(await look(following)).toMatchObject({ stage: 'being_looked_at', message: null, earlierMessages: [{ at: expect.any(String), message: 'We looked into it. (Invented.)' }] });
    expect(JSON.stringify(told)).not.toMatch(/no_further_action|limbs|Invented\.",|personId|assigned/);
    const [read] = await triage.query<{ actor: string }>(`select actor from read_audit where what = 'own concern by code' and $1 = any(record_ids) limit 1`, [concern.id]);
    expect(read!.actor).toBe(form);
  });

  it('does not read what somebody noted of a telephone call', async () => {
    const concern = await publicly();
    const following = await followed(concern);
    await triage.act(concern.id, 'triage', noFurtherAction);
    await triage.act(concern.id, 'feedback', { told: true, message: 'Rang; she was upset.' });
    expect(await look(following)).toMatchObject({ feedback: 'told', message: null });
  });

  it('does so for half an hour after the last page, and until they end it or another code is used', async () => {
    const [idle, ended, moved] = [await publicly(), await publicly(), await publicly()];
    const all = [await followed(idle), await followed(ended), await followed(moved)];
    later(29);
    for (const one of all) expect(await look(one)).toMatchObject({ stage: 'received' });
    expect((await post('end', { following: all[1]! })).status).toBe(200);
    const anew = (await codesOf(moved.id)).length === 1 && (await followed(moved));
    expect(await look(anew as string)).toMatchObject({ stage: 'received' });
    later(30);
    for (const one of [...all, anew as string]) expect(await look(one)).toMatchObject({ code: 'concern/not-following' });
  });

  it('sees nothing from when it comes out that they may be causing the harm', async () => {
    const concern = await publicly({ email, type: 'family_or_friend' });
    const following = await followed(concern);
    later(2);
    const code = (await asked(concern), (await codesOf(concern.id)).at(0)!);
    await triage.act(concern.id, 'correct', { field: 'sourceOfRisk', value: 'known_to_individual', reason: 'It is her son.' });
    expect(await look(following)).toMatchObject({ code: 'concern/not-following' });
    expect((await post('begin', { reference: concern.reference, code })).body).toMatchObject({ code: 'concern/code-refused' });
  });

  it('opens nothing by what they hold of another concern, or by nonsense', async () => {
    const [one, other] = [await publicly(), await publicly()];
    const [mine] = [await followed(one), await followed(other)];
    for (const following of [`${other.id}.${mine.split('.')[1]}`, 'nonsense', `${one.id}.`, `${one.id}.${'A'.repeat(43)}`]) expect(await look(following)).toMatchObject({ code: 'concern/not-following' });
  });

  it('sees that it was taken back', async () => {
    const concern = await publicly();
    const following = await followed(concern);
    await triage.act(concern.id, 'entered-in-error/propose', { reason: 'A test.' });
    await triage.act(concern.id, 'entered-in-error/confirm', {}, 'staff-manager-1');
    expect(await look(following)).toMatchObject({ stage: 'taken_back', missing: [] });
  });
});

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
