import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { PeopleService } from './people-service.js';

const at = '2026-07-01T09:00:00.000000Z';
const type = 'safeguarding.concern.received.v1';
const received = { receivedAt: at, channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null };

const aReceipt = (authority = 'E06000062') => ({
  specversion: '1.0', id: `${v7()}:v1`, type, source: 'triage', subject: v7() as string, time: at, recordedat: at, authority, actor: null, sequence: 1,
  causationid: null, traceparent: null, datacontenttype: 'application/json', data: received,
});

describe('messages that wait', () => {
  /** What the concerns' service knows: what it published, and whom its concerns are about. */
  const published = new Map<string, object>();
  const claims = new Map<string, object>();
  /** Concerns that it cannot tell of just now. */
  const busy = new Set<string>();
  let triage: Server;
  let people: PeopleService;
  let database: Client;

  beforeAll(async () => {
    triage = createServer(async (request, response) => {
      const answer = (status: number, body: object = {}) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (request.method === 'POST') {
        const { ids } = JSON.parse(await text(request)) as { ids: string[] };
        return ids.some((id) => busy.has(id)) ? answer(500) : answer(200, { claims: ids.flatMap((id) => claims.get(id) ?? []) });
      }
      const found = published.get(request.url!.replace('/internal/contracts/', ''));
      return found ? answer(200, found) : answer(404);
    });
    await new Promise<void>((listening) => triage.listen(0, '127.0.0.1', listening));
    people = await PeopleService.start({ triage: `http://127.0.0.1:${(triage.address() as AddressInfo).port}` });
    database = new Client({ connectionString: people.database.ownerUrl, options: '-c search_path=people' });
    await database.connect();
  }, 60_000);
  afterAll(async () => {
    await database.end();
    await people.close();
    triage.closeAllConnections();
    triage.close();
  });
  beforeEach(async () => {
    await database.query('delete from dead_letter');
  });

  const rows = async (sql: string, ...values: unknown[]) => (await database.query(sql, values)).rows;
  const setAside = (id: string, streamSequence = 1_000) =>
    rows(`insert into dead_letter (message_id, stream, stream_sequence, type, error_class, attempts) values ($1, 'triage', $2, $3, 'Error', 8)`, id, streamSequence, type);
  const tellAbout = (recordId: string) => claims.set(recordId, { recordId, recordKind: 'concern', authority: 'E06000062', receivedAt: at, person: { givenName: 'Invented' } });
  const known = (recordId: string) => rows('select 1 from claim where record_id = $1', recordId);
  const ask = (method: 'GET' | 'POST', path: string, body?: object, headers = {}) => people.ask(method, `/dead-letters${path}`, body, { as: 'staff-data-1', ...headers });
  const resend = (id: string, key: string, reason = 'mended') => ask('POST', `/${encodeURIComponent(id)}/resend`, { reason }, { 'idempotency-key': key });

  async function publish(receipt: ReturnType<typeof aReceipt>): Promise<number> {
    const { user, password } = people.broker.login('set-up');
    const connection = await connect({ servers: people.broker.url, user, pass: password, inboxPrefix: `_INBOX_${user}` });
    const { seq } = await jetstream(connection).publish(type, JSON.stringify(receipt), { msgID: receipt.id });
    await connection.close();
    return seq;
  }
  async function until<T>(look: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
    for (const end = performance.now() + 20_000; ; await pause(50)) {
      const value = await look();
      if (isSo(value) || performance.now() > end) return value;
    }
  }

  it('for a person are listed, the oldest first, by what they are and not by what they say', async () => {
    const [first, second] = [aReceipt(), aReceipt()];
    await setAside(first.id);
    await setAside(second.id);
    const { body } = await ask('GET', '');
    expect(body).toMatchObject({ total: 2, page: 1, pageSize: 50, items: [{ id: first.id, stream: 'triage', type, errorClass: 'Error', attempts: 8 }, { id: second.id }] });
    expect((await people.ask('GET', '/dead-letters', undefined, { authorization: '' })).status).toBe(401);
  });

  it('for a person are read from the stream while that has them, and the reading is recorded', async () => {
    const receipt = aReceipt();
    tellAbout(receipt.subject);
    await setAside(receipt.id, await publish(receipt));
    const { body } = await ask('GET', `/${encodeURIComponent(receipt.id)}`, undefined, { 'caseward-why': 'looking for what is wrong' });
    expect(body).toMatchObject({ id: receipt.id, foundIn: 'stream', contract: { subject: receipt.subject, data: received } });
    expect(await rows('select actor, record_ids, what, why, why_text is not null as said from read_audit')).toEqual([
      { actor: 'staff-data-1', record_ids: [receipt.subject], what: 'message set aside', why: null, said: true },
    ]);
  });

  it('for a person are read from whoever published them where the stream has lost them, and not by another authority', async () => {
    const receipt = aReceipt('E06000061');
    published.set(receipt.id, receipt);
    await setAside(receipt.id);
    expect((await ask('GET', `/${encodeURIComponent(receipt.id)}`)).status).toBe(404);
    const { body } = await ask('GET', `/${encodeURIComponent(receipt.id)}`, undefined, { as: 'staff-data-north-1' });
    expect(body).toMatchObject({ foundIn: 'publisher', contract: { id: receipt.id } });
  });

  it('for a person are taken when they are sent again, once however often that is asked, and it is on record who did it and why', async () => {
    const receipt = aReceipt();
    published.set(receipt.id, receipt);
    tellAbout(receipt.subject);
    await setAside(receipt.id);
    const answers = await Promise.all([resend(receipt.id, 'a'), resend(receipt.id, 'a')]);
    for (const { status, body } of [...answers, await resend(receipt.id, 'a')]) {
      expect([status, body]).toEqual([200, { id: receipt.id, outcome: 'taken', errorClass: null, attempts: 9, whatToDo: 'Nothing: it was taken.' }]);
    }
    expect(await known(receipt.subject)).toHaveLength(1);
    expect(await rows('select message_id from inbox where message_id = $1', receipt.id)).toHaveLength(1);
    expect(await rows('select 1 from dead_letter')).toEqual([]);
    expect(await rows('select actor, why, why_text is not null as said, error_class from resending where message_id = $1', receipt.id)).toEqual([{ actor: 'staff-data-1', why: null, said: true, error_class: null }]);
    expect((await resend(receipt.id, 'a', 'for another reason')).status).toBe(422);
    expect((await resend(receipt.id, 'b')).status).toBe(404);
  });

  it('for a person stay where they fail again, with what failed and what to do, and are taken once that is mended', async () => {
    const receipt = aReceipt();
    published.set(receipt.id, receipt);
    await setAside(receipt.id);
    const failed = await resend(receipt.id, 'c');
    expect(failed).toMatchObject({ status: 200, body: { outcome: 'failed_again', errorClass: 'Error', attempts: 9, whatToDo: expect.stringContaining('log') } });
    expect((await resend(receipt.id, 'c')).body).toEqual(failed.body);
    expect(await rows('select attempts, error_class from dead_letter')).toEqual([{ attempts: 9, error_class: 'Error' }]);
    expect(await rows('select 1 from inbox where message_id = $1', receipt.id)).toEqual([]);
    tellAbout(receipt.subject);
    expect((await resend(receipt.id, 'd')).body).toMatchObject({ outcome: 'taken', attempts: 10 });
  });

  it('for a person lose their letter, and nothing happens twice, where they were taken meanwhile', async () => {
    const receipt = aReceipt();
    published.set(receipt.id, receipt);
    await setAside(receipt.id);
    await rows('insert into inbox (message_id) values ($1)', receipt.id);
    expect((await resend(receipt.id, 'e')).body).toMatchObject({ outcome: 'taken' });
    expect([await known(receipt.subject), await rows('select 1 from dead_letter')]).toEqual([[], []]);
  });

  it('for a person say so where nobody has them any more, or nobody can read them', async () => {
    const [gone, unreadable] = [aReceipt(), aReceipt()];
    published.set(unreadable.id, { ...unreadable, data: {} });
    await setAside(gone.id);
    await setAside(unreadable.id);
    expect((await resend(gone.id, 'f')).body).toMatchObject({ outcome: 'failed_again', errorClass: 'Gone' });
    expect((await resend(unreadable.id, 'g')).body).toMatchObject({ outcome: 'failed_again', errorClass: 'ZodError', whatToDo: expect.stringContaining('up to date') });
    expect((await ask('GET', `/${encodeURIComponent(unreadable.id)}`)).body).toMatchObject({ foundIn: 'publisher', contract: null });
  });

  it('for a person are sent again with a reason', async () => {
    const receipt = aReceipt();
    await setAside(receipt.id);
    expect((await resend(receipt.id, 'h', ' ')).status).toBe(400);
    await expect(rows(`update resending set actor = 'another'`)).rejects.toThrow('stays on record');
  });

  it('for another are an alarm after a minute, and taken by themselves when that comes', async () => {
    const receipt = aReceipt();
    tellAbout(receipt.subject);
    busy.add(receipt.subject);
    await publish(receipt);
    await until(() => rows('select 1 from parked'), (parked) => parked.length === 1);
    expect((await people.ask('GET', '/health')).body).toMatchObject({ status: 'ok', waiting: { messages: 1 } });
    expect((await people.ask('GET', '/internal/unsettled')).body).toMatchObject({ messages: 1 });
    await rows(`update parked set parked_at = now() - interval '61 seconds'`);
    const { body } = await people.ask('GET', '/health');
    expect(body).toMatchObject({ status: 'degraded', waiting: { messages: 1, oldestSeconds: 61 } });
    expect(JSON.stringify(body)).not.toContain(receipt.subject);
    busy.clear();
    await until(() => known(receipt.subject), (found) => found.length === 1);
    expect(await until(() => people.ask('GET', '/health'), (one) => one.body['status'] === 'ok')).toMatchObject({ body: { waiting: { messages: 0 } } });
  });
});
