import { jest } from '@jest/globals';
import { aSending, neighbour, until } from './a-sending.js';
import { noFurtherAction, officer } from './a-triage.js';

const { triage, decided, stood, outbox, unsentOf, sentOf, sender, carrier } = await aSending();
const message = 'Thank you for telling us. (Invented.)';

describe('a message to whoever raised a concern', () => {
  it('is sent after it was decided to, tells them, and is read in the outbox of this machine', async () => {
    const id = await decided();
    const answer = await triage.act(id, 'message', { way: 'email', message });
    expect([answer.status, answer.body['feedback']]).toEqual([200, 'owed']);
    const told = await until(async () => ((await stood(id))['feedback'] === 'told' ? stood(id) : undefined));
    expect(told).toMatchObject({ sending: null, notSent: null, sentBy: 'outbox' });
    expect((told['story'] as { type: string; message?: string; way?: string }[]).slice(-2)).toMatchObject([{ type: 'MessageToReferrerWritten', message }, { type: 'ReferrerTold', message, way: 'email' }]);
    expect(await sentOf(id)).toMatchObject([{ to: neighbour.email, way: 'email', body: expect.stringContaining(message) }]);
    expect(await triage.query(`select 1 from sending where record_id = $1`, [id])).toEqual([]);
  });

  it('stands at once on the page of whoever signs in, who reads it there, and can be written again', async () => {
    const partner = 'staff-partner-1';
    const id = await decided({ type: 'police' });
    expect((await stood(id))['ways']).toEqual(['page']);
    expect(await triage.act(id, 'message', { way: 'page', message })).toMatchObject({ status: 200, body: { feedback: 'told', sending: null } });
    const read = async () => {
      const [one, all] = [await triage.ask('GET', `/concerns/${id}`, { as: partner }), await triage.ask('GET', '/concerns/raised', { as: partner })];
      return [one.body, (all.body['items'] as { id: string }[]).find((item) => item.id === id)];
    };
    expect(await read()).toMatchObject([{ feedback: 'told', message }, { feedback: 'told', message }]);
    expect(await triage.act(id, 'message', { way: 'page', message: 'Better. (Invented.)' })).toMatchObject({ status: 409, body: { code: 'concern/referrer-already-told' } });
    expect((await triage.act(id, 'message', { way: 'page', message: 'Better. (Invented.)', isAgain: true })).status).toBe(200);
    const before = [{ at: expect.any(String), message }];
    for (const one of await read()) expect(one).toMatchObject({ message: 'Better. (Invented.)', earlierMessages: before });
    await triage.act(id, 'reopen', { reason: 'More came. (Invented.)' });
    const both = [{ at: expect.any(String), message: 'Better. (Invented.)' }, ...before];
    for (const one of await read()) expect(one).toMatchObject({ message: null, earlierMessages: both });
    await triage.act(id, 'triage', noFurtherAction);
    for (const one of await read()) expect(one).toMatchObject({ feedback: 'owed', message: null, earlierMessages: both });
    await triage.act(id, 'referrer-judged', { mayBeSource: true, reason: 'It was they. (Invented.)' });
    for (const one of await read()) expect(one).toMatchObject({ feedback: null, message: null, earlierMessages: [] });
  });

  it('shows nobody what was noted of a telephone call', async () => {
    const id = await decided();
    await triage.act(id, 'feedback', { told: true, message: 'Rang; she wept. (Invented.)' });
    expect((await triage.ask('GET', `/concerns/${id}`, { as: 'staff-partner-1' })).body).toMatchObject({ feedback: 'told', message: null });
  });

  it('goes to no landline by text', async () => {
    const id = await decided({ ...neighbour, phone: '01632 960001' });
    expect((await stood(id))['ways']).toEqual(['email', 'page']);
    expect(await triage.act(id, 'message', { way: 'text', message })).toMatchObject({ status: 409, body: { code: 'concern/no-such-contact' } });
  });

  it('is in no event, no table and no answer in words that anybody could read there', async () => {
    const id = await decided();
    await triage.act(id, 'message', { way: 'text', message });
    await until(async () => (await sentOf(id)).length === 1);
    const [journalled] = await triage.query<{ all: string }>(`select string_agg(data::text, ' ') as all from journal where record_id = $1`, [id]);
    const [kept] = await triage.query<{ all: string }>(`select concat_ws(' ', (select string_agg(local_outbox::text, ' ') from local_outbox), (select string_agg(encode(cipher, 'escape'), ' ') from narrative)) as all`);
    for (const text of [journalled!.all, kept!.all]) expect(text).not.toMatch(/07700|neighbour@|Thank you/);
  });

  it('that is refused leaves nothing to be sent', async () => {
    const [sendings] = await triage.query<{ n: number }>('select count(*)::int as n from sending');
    const home = await decided({ ...neighbour, type: 'care_home' }, { sourceOfRisk: 'service_provider' });
    const risky = await decided(neighbour, { details: { contactRisky: 'yes' } });
    const careful = await decided(neighbour, { details: { safeContact: 'Mornings only' } });
    const silent = await decided({});
    const refusedFor = async (id: string, body: object) => (await triage.act(id, 'message', body)).body['code'];
    expect(await refusedFor(home, { way: 'email', message })).toBe('concern/referrer-may-be-source');
    expect(await refusedFor(risky, { way: 'email', message, isSafe: true })).toBe('concern/contact-unsafe');
    expect(await refusedFor(careful, { way: 'email', message })).toBe('concern/contact-wishes-unread');
    expect(await refusedFor(silent, { way: 'email', message })).toBe('concern/no-such-contact');
    expect(await triage.query<{ n: number }>('select count(*)::int as n from sending')).toEqual([sendings]);
    expect((await triage.act(careful, 'message', { way: 'email', message, isSafe: true })).status).toBe(200);
  });

  it('is not sent to somebody of whom it came out meanwhile that they may be causing the harm', async () => {
    const id = await decided({ ...neighbour, type: 'family_or_friend' });
    const held = jest.spyOn(sender(), 'go').mockResolvedValue();
    expect((await triage.act(id, 'message', { way: 'email', message })).status).toBe(200);
    expect((await triage.act(id, 'correct', { field: 'sourceOfRisk', value: 'known_to_individual', reason: 'It is her son.' })).status).toBe(200);
    held.mockRestore();
    await sender().go();
    const { notSent, feedback } = await stood(id);
    expect([notSent, feedback, await sentOf(id)]).toMatchObject([{ reason: 'may_be_source' }, 'owed', []]);
  });
});

describe('a message that does not arrive', () => {
  it('is a line of a list, with why and since when, until it is sent again', async () => {
    const id = await decided();
    jest.spyOn(carrier(), 'send').mockResolvedValueOnce({ is: 'not_sent', reason: 'address_refused' });
    await triage.act(id, 'message', { way: 'email', message });
    await until(async () => (await stood(id))['notSent']);
    expect(await unsentOf(id)).toMatchObject([{ reason: 'address_refused', isTriedAgain: false, waitingDays: 0 }]);
    await triage.act(id, 'message', { way: 'text', message });
    await until(async () => (await stood(id))['feedback'] === 'told');
    expect(await unsentOf(id)).toEqual([]);
  });

  it('is no line any more once they were told otherwise, or it is recorded why not', async () => {
    const id = await decided();
    jest.spyOn(carrier(), 'send').mockResolvedValueOnce({ is: 'not_sent', reason: 'refused' });
    await triage.act(id, 'message', { way: 'email', message });
    await until(async () => (await stood(id))['notSent']);
    expect((await triage.act(id, 'feedback', { told: true, message: 'Rang.' })).status).toBe(200);
    expect(await unsentOf(id)).toEqual([]);
  });

  it('and was a further one is a line too, until they are told otherwise or nobody does more about it', async () => {
    for (const done of [{ told: true, message: 'Rang.' }, { told: false, reason: 'No way left.' }]) {
      const id = await decided();
      await triage.act(id, 'message', { way: 'page', message });
      jest.spyOn(carrier(), 'send').mockResolvedValueOnce({ is: 'not_sent', reason: 'refused' });
      await triage.act(id, 'message', { way: 'email', message, isAgain: true });
      await until(async () => (await stood(id))['notSent']);
      expect([(await stood(id))['feedback'], await unsentOf(id)]).toMatchObject(['told', [{ reason: 'refused' }]]);
      expect((await triage.act(id, 'feedback', done)).status).toBe(200);
      expect([(await stood(id))['feedback'], (await stood(id))['notSent'], await unsentOf(id)]).toEqual(['told', null, []]);
    }
  });

  it('is tried again under the same name while nobody answers, and shown once that lasts', async () => {
    const id = await decided();
    const send = jest.spyOn(carrier(), 'send').mockResolvedValueOnce({ is: 'later', trouble: 'no_answer' });
    await triage.act(id, 'message', { way: 'email', message });
    const tried = await until(async () => (await triage.query<{ tries: number; trouble: string }>('select tries, trouble from sending where record_id = $1', [id])).find(({ trouble }) => trouble));
    expect([tried, await unsentOf(id)]).toEqual([{ tries: 1, trouble: 'no_answer' }, []]);
    await triage.query(`update sending set asked_at = now() - interval '1 hour' where record_id = $1`, [id]);
    expect(await unsentOf(id)).toMatchObject([{ reason: 'no_answer', isTriedAgain: true }]);
    expect((await triage.act(id, 'message', { way: 'email', message })).body['code']).toBe('concern/being-sent');
    await triage.query(`update sending set next_at = now() where record_id = $1`, [id]);
    await sender().go();
    expect((await stood(id))['feedback']).toBe('told');
    const [first, second] = send.mock.calls;
    expect([second![0].id, first![1], second![1]]).toEqual([first![0].id, false, true]);
    send.mockRestore();
  });

  it('holds up none of the others where it cannot even be tried', async () => {
    const [broken, fine] = [await decided(), await decided()];
    const carried = jest.spyOn(carrier(), 'send').mockRejectedValueOnce(new Error('broken, for a test'));
    await Promise.all([broken, fine].map((id) => triage.act(id, 'message', { way: 'email', message })));
    await until(async () => (await Promise.all([broken, fine].map(async (id) => (await stood(id))['feedback']))).includes('told') || undefined);
    expect(carried).toHaveBeenCalledTimes(2);
    expect(await triage.query('select tries from sending where record_id = any($1)', [[broken, fine]])).toEqual([{ tries: 1 }]);
    carried.mockRestore();
  });

  it('and was handed over is looked after until it has arrived', async () => {
    const id = await decided();
    const [send, fate] = [jest.spyOn(carrier(), 'send').mockResolvedValueOnce({ is: 'handed_over', as: 'theirs-1' }), jest.spyOn(carrier(), 'fate')];
    fate.mockResolvedValueOnce({ is: 'handed_over', as: 'theirs-1' }).mockResolvedValueOnce({ is: 'not_sent', reason: 'not_delivered' });
    await triage.act(id, 'message', { way: 'email', message });
    await until(async () => (await triage.query(`select 1 from sending where record_id = $1 and handed_over = 'theirs-1'`, [id])).length === 1);
    for (const feedback of ['owed', 'owed']) {
      await triage.query(`update sending set next_at = now() where record_id = $1`, [id]);
      await sender().go();
      expect((await stood(id))['feedback']).toBe(feedback);
    }
    expect([(await stood(id))['notSent'], send.mock.calls.length]).toMatchObject([{ reason: 'not_delivered' }, 1]);
    send.mockRestore();
    fate.mockRestore();
  });

  it('is wanted no more where the concern is opened again', async () => {
    const id = await decided();
    const held = jest.spyOn(sender(), 'go').mockResolvedValue();
    await triage.act(id, 'message', { way: 'email', message });
    expect((await triage.act(id, 'reopen', { reason: 'More came in.' }, 'staff-manager-1')).status).toBe(200);
    held.mockRestore();
    await sender().go();
    expect([await sentOf(id), await triage.query('select 1 from sending where record_id = $1', [id])]).toEqual([[], []]);
  });
});

describe('the outbox of this machine', () => {
  it('is for whoever may tell referrers, of their own council, and that it was read is recorded', async () => {
    const id = await decided();
    await triage.act(id, 'message', { way: 'email', message });
    await until(async () => (await sentOf(id)).length === 1);
    expect((await outbox('staff-triage-north-1')).items.filter(({ recordId }) => recordId === id)).toEqual([]);
    expect((await triage.ask('GET', '/outbox', { as: 'staff-worker-1' })).status).toBe(403);
    const [read] = await triage.query<{ actor: string }>(`select actor from read_audit where what = 'outbox' and $1 = any(record_ids) order by id desc limit 1`, [id]);
    expect(read!.actor).toBe(officer);
  });
});
