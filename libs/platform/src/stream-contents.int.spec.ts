import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import { connectClient, dataSource, type Finding, migrate, Records, Relay, transact } from '#libs/journal';
import { connectBroker, JetStreamCarrier, setUpStreams, StreamMessages } from '#libs/messaging';
import { testBroker, type TestBroker, testDatabase, type TestDatabase } from '#libs/testing';
import { countingSlice, MakeTally20260101000000, publish } from '../../journal/test/counting.js';
import type { Database } from './database.js';
import { queueLost, StreamContents } from './stream-contents.js';
import { streamCheck } from './stream.check.js';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().replace('Z', '000Z');

let database: TestDatabase;
let broker: TestBroker;
let source: DataSource;
let connections: NatsConnection[];
let manager: JetStreamManager;
let relay: Relay | undefined;
let contents: StreamContents;

const login = (user: string) => ({ url: broker.url, ...broker.login(user) });
const records = new Records(countingSlice);

/** One event, told as one contract. */
async function count(recordedAt: string = daysAgo(0)): Promise<void> {
  await source.transaction((tx) =>
    records.handle(tx, {
      recordId: randomUUID(),
      command: { type: 'Count', at: recordedAt },
      context: { authority: 'E06000062', actor: null, recordedAt },
    }),
  );
}

/** As a service has it. */
const ofService: Pick<Database, 'transaction'> = { transaction: (sight, work) => transact(source, { sight }, work) };

const waiting = async (): Promise<number> => (await source.query('select count(*) as n from outbox'))[0].n;

async function carryAll(): Promise<void> {
  relay = new Relay({
    service: 'triage',
    stream: 'triage',
    connection: { url: database.url('triage', 'relay'), name: 'relay' },
    carrier: new JetStreamCarrier(connections[0]!, 'triage'),
    publish,
    onTrouble: () => {},
  });
  relay.start();
  for (let left = await waiting(); left > 0; left = await waiting()) await pause(20);
  await relay.stop();
}

async function check(): Promise<{ found: Finding[]; looked: number }> {
  const running = streamCheck('triage', contents).run();
  const found: Finding[] = [];
  for (let step = await running.next(); ; step = await running.next()) {
    if (step.done) return { found, looked: step.value.looked };
    found.push(step.value);
  }
}

beforeAll(async () => {
  [database, broker] = await Promise.all([testDatabase(), testBroker()]);
  await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations: [MakeTally20260101000000] });
  await setUpStreams(login('set-up'), { maxBytes: 2 ** 26 });
  source = await dataSource({ url: database.url('triage', 'app'), name: 'test' }).initialize();
  connections = await Promise.all([connectBroker(login('triage'), 'triage'), connectBroker(login('set-up'), 'set-up')]);
  manager = await jetstreamManager(connections[1]!);
  // Otherwise what is sent again soon is taken for a repetition, and dropped.
  await manager.streams.update('triage', { duplicate_window: nanos(100) });
  contents = new StreamContents({
    connect: () => connectClient({ url: database.url('triage', 'maintain'), name: 'stream' }),
    messages: async () => new StreamMessages(connections[0]!, 'triage'),
    publishing: { service: 'triage', publish },
  });
}, 60_000);

afterAll(async () => {
  await relay?.stop();
  await Promise.all(connections.map((connection) => connection.close()));
  await source.destroy();
  await Promise.all([database.close(), broker.close()]);
});

describe('what the broker should have', () => {
  it('is not missed where it is there, or still waits to be carried', async () => {
    for (let n = 0; n < 5; n += 1) await count();
    await carryAll();
    await count();
    expect(await check()).toEqual({ found: [], looked: 6 });
    await carryAll();
    expect(await check()).toEqual({ found: [], looked: 6 });
  });

  it('is missed where a message was deleted, and goes into the outbox again', async () => {
    await manager.streams.deleteMessage('triage', 3);
    const lost = { stream: 'triage', position: 3, message: expect.stringMatching(/:v1$/) };
    expect((await check()).found).toEqual([{ what: 'the broker does not have a contract', where: lost }]);
    expect(await queueLost(contents, ofService, () => {})).toEqual({ looked: 6, queued: 1 });
    expect(await waiting()).toBe(1);
    await carryAll();
    expect(await check()).toEqual({ found: [], looked: 6 });
  });

  it('is missed within the stream’s bounds alone: what was told longer ago has gone for its age', async () => {
    await count(daysAgo(20));
    await carryAll();
    await manager.streams.purge('triage');
    const { found, looked } = await check();
    expect([found.length, looked]).toEqual([6, 6]);
    expect(await queueLost(contents, ofService, () => {})).toEqual({ looked: 6, queued: 6 });
    await carryAll();
    expect((await check()).found).toEqual([]);
  });

  it('is all of it where the stream was made anew and counts from one', async () => {
    await manager.streams.delete('triage');
    await setUpStreams(login('set-up'), { maxBytes: 2 ** 26 });
    expect(await check()).toMatchObject({ found: { length: 7 }, looked: 7 });
  });
});
