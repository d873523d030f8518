import { noFurtherAction } from './a-triage.js';
import { aFollowing, email, form } from './a-following.js';

const { triage, later, post, publicly, codesOf, asked, followed } = await aFollowing();

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
    expect(told).toMatchObject({ stage: 'decided', feedback: 'told', message: 'We looked into it. (Invented.)' });
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
