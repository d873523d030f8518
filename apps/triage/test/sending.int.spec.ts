import { jest } from '@jest/globals';
import { Post } from '../src/concern/application/post.js';
import { Sender } from '../src/concern/adapters/post/sender.js';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

const neighbour = { name: 'Invented Neighbour', email: 'neighbour@example.test', phone: '07700 900001', type: 'police' };
const message = 'Thank you for telling us. (Invented.)';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
}, 60_000);
afterAll(() => triage.close());
afterEach(() => {
  jest.restoreAllMocks();
});

/** The id of a concern that is decided, raised by whoever is said. */
async function decided(referrer: object = neighbour, more: object = {}): Promise<string> {
  const id = await triage.raised({ referrer, ...more });
  expect((await triage.act(id, 'triage', noFurtherAction)).status).toBe(200);
  return id;
}
const stood = async (id: string) => (await triage.ask('GET', `/concerns/${id}/case`)).body;
const outbox = async (as = officer) => (await triage.ask('GET', '/outbox', { as })).body as { sentBy: string; items: { recordId: string; to: string; body: string; way: string }[] };
const unsentOf = async (id: string) => ((await triage.ask('GET', '/unsent')).body['items'] as { id: string }[]).filter((one) => one.id === id);
const sender = (): Sender => triage.app.get(Sender);
const carrier = (): Post => triage.app.get(Post);
const sentOf = async (id: string) => (await outbox()).items.filter(({ recordId }) => recordId === id);

/** Until what was decided is sent. */
async function until<Found>(found: () => Promise<Found | undefined | false>): Promise<Found> {
  for (let left = 100; left > 0; left -= 1) {
    const now = await found();
    if (now) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to that');
}

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

describe('a notice that more is wanted', () => {
  const ask = { what: ['when_it_happened'], message: 'Asked on their page. (Invented.)', notify: true };
  const details = { contactRisky: 'no' };
  const noticeOf = async (id: string) => ((await stood(id))['story'] as { type: string; notice?: object }[]).findLast(({ type }) => type === 'MoreAskedFor')!.notice;

  it('goes to whoever raised it, and says nothing of what it is about', async () => {
    const id = await triage.raised({ referrer: neighbour, details });
    expect((await triage.act(id, 'ask', ask)).status).toBe(200);
    const [one] = await until(async () => ((await sentOf(id)).length === 1 ? sentOf(id) : undefined));
    expect(one).toMatchObject({ to: neighbour.email, way: 'email', body: expect.not.stringContaining((await stood(id))['reference'] as string) });
    expect([await noticeOf(id), (await stood(id))['feedback']]).toMatchObject([{ way: 'email' }, undefined]);
    expect(await triage.query(`select 1 from sending where record_id = $1`, [id])).toEqual([]);
  });

  it('goes to nobody unless somebody chose that', async () => {
    const id = await triage.raised({ referrer: neighbour, details });
    const { notify: _, ...unsaid } = ask;
    expect((await triage.act(id, 'ask', unsaid)).status).toBe(200);
    expect((await triage.act(id, 'consider', { ask: unsaid })).status).toBe(200);
    await sender().go();
    expect([await noticeOf(id), await sentOf(id), await triage.query(`select 1 from sending where record_id = $1`, [id])]).toEqual([undefined, [], []]);
  });

  it('is sent once with what is kept of judging, too', async () => {
    const id = await triage.raised({ referrer: { ...neighbour, email: undefined }, details });
    expect((await triage.act(id, 'consider', { ask })).status).toBe(200);
    await until(async () => (await sentOf(id)).length === 1);
    expect((await sentOf(id))[0]).toMatchObject({ way: 'text', to: neighbour.phone });
  });

  it('is not sent where it could be dangerous or nobody read how it is safe, nor to whoever may be causing the harm; the story says why', async () => {
    const ids = await Promise.all([
      triage.raised({ referrer: neighbour, details: { contactRisky: 'yes' } }),
      triage.raised({ referrer: neighbour, details: { safeContact: 'Mornings only' } }),
      triage.raised({ referrer: neighbour }),
      triage.raised({ referrer: { ...neighbour, type: 'care_home' }, sourceOfRisk: 'service_provider' }),
      triage.raised({ referrer: { type: 'police' } }),
    ]);
    for (const id of ids) expect((await triage.act(id, 'ask', ask)).status).toBe(200);
    await sender().go();
    expect(await Promise.all(ids.map(noticeOf))).toEqual(['contact_unsafe', 'wishes_unread', 'wishes_unread', 'may_be_source', 'no_contact'].map((not) => ({ not })));
    expect((await outbox()).items.filter(({ recordId }) => ids.includes(recordId))).toEqual([]);
    expect(await triage.query(`select 1 from sending where record_id = any($1)`, [ids])).toEqual([]);
    expect((await triage.act(ids[1]!, 'ask', { ...ask, isSafe: true })).status).toBe(200);
    await until(async () => (await sentOf(ids[1]!)).length === 1);
  });

  it('that does not arrive, at once or after it was handed over, is told in the story', async () => {
    const lost = async (id: string) => until(async () => ((await stood(id))['story'] as { type: string }[]).find(({ type }) => type === 'NoticeNotSent'));
    const [refused, failed] = [await triage.raised({ referrer: neighbour, details }), await triage.raised({ referrer: neighbour, details })];
    const send = jest.spyOn(carrier(), 'send').mockResolvedValueOnce({ is: 'not_sent', reason: 'address_refused' });
    await triage.act(refused, 'ask', ask);
    expect(await lost(refused)).toMatchObject({ way: 'email', reason: 'address_refused' });
    send.mockResolvedValueOnce({ is: 'handed_over', as: 'notification-1' });
    jest.spyOn(carrier(), 'fate').mockResolvedValueOnce({ is: 'not_sent', reason: 'not_delivered' });
    await triage.act(failed, 'ask', ask);
    await until(async () => (await triage.query(`select 1 from sending where record_id = $1 and handed_over = 'notification-1'`, [failed])).length === 1);
    await triage.query(`update sending set next_at = asked_at where record_id = $1`, [failed]);
    await sender().go();
    expect(await lost(failed)).toMatchObject({ way: 'email', reason: 'not_delivered' });
    expect(await triage.query(`select 1 from sending where record_id = any($1)`, [[refused, failed]])).toEqual([]);
  });

  it('is held back, which the story tells, where it came out meanwhile that they may be causing the harm', async () => {
    const id = await triage.raised({ referrer: neighbour, details });
    const held = jest.spyOn(sender(), 'go').mockResolvedValue();
    await triage.act(id, 'ask', ask);
    expect((await triage.act(id, 'referrer-judged', { mayBeSource: true, reason: 'Rang. (Invented.)' })).status).toBe(200);
    held.mockRestore();
    await sender().go();
    expect([((await stood(id))['story'] as object[]).at(-1), await sentOf(id)]).toMatchObject([{ type: 'NoticeNotSent', reason: 'may_be_source' }, []]);
  });

  it('has their page show what was asked for and when, and nothing else that is missing', async () => {
    const partner = 'staff-partner-1';
    const id = await triage.raised({ referrer: { type: 'police' } });
    const seen = async () => (await triage.ask('GET', `/concerns/${id}`, { as: partner })).body;
    const before = await seen();
    expect([before['stage'], before['askedAt'], (before['missing'] as string[]).length > 3]).toEqual(['received', null, true]);
    await triage.act(id, 'ask', ask);
    expect(await seen()).toMatchObject({ stage: 'being_looked_at', missing: ['when_it_happened'], askedAt: expect.any(String) });
    expect((await stood(id))['missing']).toEqual(before['missing']);
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
