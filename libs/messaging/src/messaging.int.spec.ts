import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Catch, Controller, type ExceptionFilter, type INestMicroservice } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { type Observable, throwError } from 'rxjs';
import type { DataSource } from 'typeorm';
import type { ContractOf } from '#libs/contracts';
import { dataSource, Intake, migrate, Parking, Records, Relay } from '#libs/journal';
import { testBroker, type TestBroker, testDatabase, type TestDatabase } from '#libs/testing';
import { countingSlice, MakeTally20260101000000, publish } from '../../journal/test/counting.js';
import { connectBroker, JetStreamCarrier, JetStreamStrategy, type Letter, MessageContext, NotYet, setUpStreams } from './index.js';

type Reopened = ContractOf<'safeguarding.concern.reopened.v1'>;

const at = '2026-06-01T09:00:00.000000Z';
const taken: string[] = [];
const letters: Letter[] = [];
let poison: string | undefined;
let waitsFor: { subjects: string[]; isForAll: boolean } | undefined;
const refused: string[] = [];

/** Stands for the enquiries' service, which reads the concerns' stream: notes what it takes, and chokes on one record. */
@Controller()
class Listener {
  @EventPattern(['safeguarding.concern.reopened.v1'])
  async take(@Payload() batch: Reopened[], @Ctx() { manager }: MessageContext): Promise<void> {
    await manager.query('select 1');
    if (batch.some((one) => one.subject === poison)) throw new Error('cannot be handled');
    if (waitsFor && batch.some((one) => waitsFor?.subjects.includes(one.subject))) {
      refused.push(...batch.map((one) => one.subject));
      throw new NotYet('something has to come first', waitsFor);
    }
    taken.push(...batch.map((one) => one.subject));
  }
}

/** As every service has it: Nest's own filter would hide what was thrown. */
@Catch()
class AsThrown implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

let database: TestDatabase;
let broker: TestBroker;
let source: DataSource;
let inbox: DataSource;
let connections: NatsConnection[];
let relay: Relay;
let app: INestMicroservice;

const login = (user: string) => ({ url: broker.url, ...broker.login(user) });
const records = new Records(countingSlice);

async function count(recordId: string = randomUUID()): Promise<string> {
  await source.transaction((tx) =>
    records.handle(tx, { recordId, command: { type: 'Count', at }, context: { authority: 'E06000062', actor: null, recordedAt: at } }),
  );
  relay.nudge();
  return recordId;
}

/** Many records in one transaction. */
async function countAll(ids: string[]): Promise<string[]> {
  await source.transaction((tx) => records.handleAll(tx, ids.map((recordId) => (
    { recordId, command: { type: 'Count', at }, context: { authority: 'E06000062', actor: null, recordedAt: at } }
  ))));
  relay.nudge();
  return ids;
}

async function until(isSo: () => Promise<boolean> | boolean, seconds = 20): Promise<void> {
  for (const end = performance.now() + seconds * 1_000; performance.now() < end; await pause(20)) if (await isSo()) return;
  throw new Error('it did not come to that in time');
}

const waiting = async (): Promise<number> => (await source.query('select count(*) as n from outbox'))[0].n;

function startRelay(connection: NatsConnection): Relay {
  const started = new Relay({
    service: 'triage',
    stream: 'triage',
    connection: { url: database.url('triage', 'relay'), name: 'relay' },
    carrier: new JetStreamCarrier(connection, 'triage'),
    publish,
    onTrouble: () => {},
  });
  started.start();
  return started;
}

beforeAll(async () => {
  [database, broker] = await Promise.all([testDatabase(), testBroker()]);
  await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations: [MakeTally20260101000000] });
  await setUpStreams(login('set-up'), { maxBytes: 2 ** 26 });
  source = await dataSource({ url: database.url('triage', 'app'), name: 'test' }).initialize();
  inbox = await dataSource({ url: database.url('triage', 'app'), name: 'inbox' }).initialize();
  connections = await Promise.all([connectBroker(login('triage'), 'triage'), connectBroker(login('section42'), 'section42')]);
  relay = startRelay(connections[0]!);
  const module = await Test.createTestingModule({ controllers: [Listener] }).compile();
  app = module.createNestMicroservice({
    strategy: new JetStreamStrategy({
      service: 'section42', connection: connections[1]!, intake: new Intake(inbox), parking: new Parking(inbox), publishers: {},
      onTrouble: () => {}, onSetAside: (letter) => letters.push(letter),
    }),
  });
  app.useGlobalFilters(new AsThrown());
  await app.listen();
}, 60_000);

afterAll(async () => {
  await app.close();
  await relay.stop();
  await Promise.all(connections.map((connection) => connection.close()));
  await Promise.all([source.destroy(), inbox.destroy()]);
  await Promise.all([database.close(), broker.close()]);
});

describe('carrying what was told', () => {
  it('hands each published event to its handler once, and empties the outbox', async () => {
    const ids = await countAll(Array.from({ length: 200 }, () => randomUUID()));
    await until(() => ids.every((id) => taken.includes(id)));
    await until(async () => (await waiting()) === 0);
    expect(taken.filter((id) => ids.includes(id))).toHaveLength(ids.length);
  });

  it('takes a message that comes twice once', async () => {
    const id = await count();
    await until(() => taken.includes(id));
    const envelope = { specversion: '1.0', source: 'triage', subject: id, time: at, recordedat: at, authority: null, actor: null, sequence: 1 };
    const again = {
      ...envelope, id: `${randomUUID()}:v1`, type: 'safeguarding.concern.reopened.v1', causationid: null, traceparent: null,
      datacontenttype: 'application/json', data: { reopenedAt: at, previousOutcome: 's42_enquiry' },
    };
    const publisher = jetstream(connections[0]!);
    // Other message ids, so that the broker's own de-duplication does not help.
    await publisher.publish(again.type, JSON.stringify(again), { msgID: 'one' });
    await publisher.publish(again.type, JSON.stringify(again), { msgID: 'two' });
    const last = await count();
    await until(() => taken.includes(last));
    expect(taken.filter((subject) => subject === id)).toHaveLength(2);
  });

  it('is not held up by rubbish, which is set aside without its content', async () => {
    const publisher = jetstream(connections[0]!);
    for (const rubbish of ['not json', '{}', '{"type":"safeguarding.concern.reopened.v1"}', '[]', 'null']) {
      await publisher.publish('safeguarding.concern.reopened.v1', rubbish);
    }
    await publisher.publish('safeguarding.concern.unheard-of.v1', '{}');
    const id = await count();
    await until(() => taken.includes(id));
    await until(async () => (await inbox.query('select count(*) as n from dead_letter'))[0].n === 5);
    expect(JSON.stringify(await inbox.query('select * from dead_letter'))).not.toContain('not json');
    const told = { stream: 'triage', type: 'safeguarding.concern.reopened.v1', attempts: 1, streamSequence: expect.any(Number) };
    await until(() => letters.length === 5);
    expect(letters).toMatchObject(Array.from({ length: 5 }, () => told));
    expect(JSON.stringify(letters)).not.toContain('not json');
  });

  it('finds the one bad message of a batch and takes the others', async () => {
    const bad: string = randomUUID();
    poison = bad;
    const before = await Promise.all(Array.from({ length: 20 }, () => count()));
    await count(bad);
    const after = await Promise.all(Array.from({ length: 20 }, () => count()));
    await until(() => [...before, ...after].every((id) => taken.includes(id)));
    expect(taken).not.toContain(bad);
    poison = undefined;
    // Tried again after a while, it is taken: nothing was set aside before the eighth time.
    await until(() => taken.includes(bad));
  });

  it('finds what waits for something else, and takes it once that has come', async () => {
    const waiting: string[] = [randomUUID(), randomUUID()];
    waitsFor = { subjects: waiting, isForAll: false };
    const others = await countAll([...waiting, ...Array.from({ length: 60 }, () => randomUUID())]);
    await until(() => others.every((id) => waiting.includes(id) || taken.includes(id)));
    expect(taken).not.toContain(waiting[0]);
    waitsFor = undefined;
    await until(() => waiting.every((id) => taken.includes(id)));
  });

  it('does not try a batch in parts where all of it has to wait', async () => {
    const ids = Array.from({ length: 100 }, () => randomUUID());
    waitsFor = { subjects: ids, isForAll: true };
    await countAll(ids);
    await pause(1_500);
    // Delivered after 0, 200, 600 and 1,400 ms, and tried once each time.
    for (const id of ids) expect(refused.filter((one) => one === id).length).toBeLessThanOrEqual(4);
    expect(refused).toEqual(expect.arrayContaining(ids));
    waitsFor = undefined;
    await until(() => ids.every((id) => taken.includes(id)));
    expect(letters.filter(({ errorClass }) => errorClass === 'NotYet')).toEqual([]);
  });

  it('knows no id where no message lies, and does not take a failure for that', async () => {
    const connection = await connectBroker(login('triage'), 'triage');
    const carrier = new JetStreamCarrier(connection, 'triage');
    const { lastSequence } = await carrier.streamState(0);
    expect(await carrier.streamState(lastSequence)).toMatchObject({ idAt: expect.any(String) });
    expect(await carrier.streamState(lastSequence + 1_000)).toMatchObject({ idAt: null });
    await connection.close();
    await expect(carrier.streamState(lastSequence)).rejects.toThrow(Error);
  });

  it('goes on by itself when the broker was away, and lost nothing', async () => {
    await broker.kill();
    const ids = await countAll(Array.from({ length: 50 }, () => randomUUID()));
    expect(await waiting()).toBeGreaterThan(0);
    await broker.start();
    await until(() => ids.every((id) => taken.includes(id)), 40);
    expect(taken.filter((id) => ids.includes(id))).toHaveLength(ids.length);
  }, 60_000);
});
