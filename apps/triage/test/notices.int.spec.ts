import { jest } from '@jest/globals';
import { aSending, neighbour, until } from './a-sending.js';
import { noFurtherAction } from './a-triage.js';

const { triage, stood, outbox, sentOf, sender, carrier } = await aSending();

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

  it('is not sent where it waits as the concern is decided, which the story tells', async () => {
    const id = await triage.raised({ referrer: neighbour, details });
    const send = jest.spyOn(carrier(), 'send').mockResolvedValueOnce({ is: 'later', trouble: 'no_answer' });
    await triage.act(id, 'ask', ask);
    await until(async () => (await triage.query(`select 1 from sending where record_id = $1 and trouble = 'no_answer'`, [id])).length === 1);
    expect((await triage.act(id, 'triage', noFurtherAction)).status).toBe(200);
    await triage.query(`update sending set next_at = asked_at where record_id = $1`, [id]);
    await sender().go();
    const { status, feedback, story } = await stood(id);
    expect([status, feedback, (story as object[]).at(-1), await sentOf(id), send.mock.calls.length]).toMatchObject(['triaged', 'owed', { type: 'NoticeNotSent', way: 'email', reason: 'decided' }, [], 1]);
    expect(await triage.query(`select 1 from sending where record_id = $1`, [id])).toEqual([]);
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
