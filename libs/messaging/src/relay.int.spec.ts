import { randomUUID } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import { dataSource, migrate, Records, Relay } from '#libs/journal';
import { Proxy, type TestBroker, testBroker, type TestDatabase, testDatabase } from '#libs/testing';
import { countingSlice, MakeTally20260101000000, publish } from '../../journal/test/counting.js';
import { BrokerCheck, connectBroker, JetStreamCarrier, setUpStreams } from './index.js';

const at = '2026-06-01T09:00:00.000000Z';
const records = new Records(countingSlice);

let database: TestDatabase;
let broker: TestBroker;
let source: DataSource;
const login = (user: string) => ({ url: broker.url, ...broker.login(user) });

/** A relay as a process of its own has it, with connections of its own. */
class Process {
  private constructor(
    readonly relay: Relay,
    private readonly connection: NatsConnection,
    private readonly proxy: Proxy,
  ) {}

  static async start(): Promise<Process> {
    const proxy = await Proxy.before(database.ownerUrl);
    const connection = await connectBroker(login('triage'), 'triage');
    const relay = new Relay({
      service: 'triage',
      stream: 'triage',
      connection: { url: proxy.through(database.url('triage', 'relay')), name: 'relay' },
      carrier: new JetStreamCarrier(connection, 'triage'),
      publish,
      onTrouble: () => {},
    });
    relay.start();
    return new Process(relay, connection, proxy);
  }

  /** Its connection to the database hangs, and nobody on either side is told. */
  hang = () => this.proxy.hang();
  goOn = () => this.proxy.goOn();

  async stop(): Promise<void> {
    await this.relay.stop();
    await this.connection.close();
    await this.proxy.close();
  }
}

const running: Process[] = [];
async function start(): Promise<Process> {
  const started = await Process.start();
  running.push(started);
  return started;
}

async function count(times = 1, recordIds: string[] = Array.from({ length: times }, () => randomUUID())): Promise<string[]> {
  const context = { authority: 'E06000062', actor: null, recordedAt: at };
  await source.transaction((tx) => records.handleAll(tx, recordIds.map((recordId) => ({ recordId, command: { type: 'Count', at }, context }))));
  return recordIds;
}

const waiting = async (): Promise<number> => (await source.query('select count(*) as n from outbox'))[0].n;

async function until(isSo: () => Promise<boolean> | boolean, seconds = 10): Promise<number> {
  const start = performance.now();
  while (performance.now() < start + seconds * 1_000) {
    if (await isSo()) return (performance.now() - start) / 1_000;
    await pause(10);
  }
  throw new Error('it did not come to that in time');
}
const isCarried = async () => (await waiting()) === 0;

/** The ids that lie in the stream, in order. */
async function inStream(): Promise<string[]> {
  const connection = await connectBroker(login('set-up'), 'test');
  const { state } = await (await jetstreamManager(connection)).streams.info('triage');
  const ids: string[] = [];
  if (state.messages > 0) {
    const consumer = await jetstream(connection).consumers.get('triage');
    for await (const message of await consumer.fetch({ max_messages: state.messages, expires: 5_000 })) ids.push(message.headers!.get('Nats-Msg-Id'));
  }
  await connection.close();
  return ids;
}

const published = async (): Promise<string[]> =>
  (await source.query(`select id || ':v1' as id from journal where contract_sequence is not null order by position`)).map((row: { id: string }) => row.id);

beforeAll(async () => {
  [database, broker] = await Promise.all([testDatabase(), testBroker()]);
  await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations: [MakeTally20260101000000] });
  await setUpStreams(login('set-up'), { maxBytes: 2 ** 26 });
  source = await dataSource({ url: database.url('triage', 'app'), name: 'test' }).initialize();
}, 60_000);
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await source.destroy();
  await Promise.all([database.close(), broker.close()]);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  const [lies, told] = [(await inStream()).toSorted(), (await published()).toSorted()];
  if (lies.join() !== told.join()) throw new Error(`the stream holds ${lies.length} messages for ${told.length} events: ${new Set(told).difference(new Set(lies)).size} missing`);
});

describe('when the relay’s process is lost', () => {
  it.each([
    ['ends', async (holder: Process) => holder.stop()],
    ['hangs with its connection open', async (holder: Process) => holder.hang()],
  ])('another takes over within five seconds where it %s', async (_how, lose) => {
    const holder = await start();
    await count();
    await until(isCarried);
    await start();
    await pause(200);
    await lose(holder);
    await count(20);
    const seconds = await until(isCarried);
    process.stdout.write(`taken over after ${seconds.toFixed(1)} s\n`);
    expect(seconds).toBeLessThan(5);
    holder.goOn();
  }, 30_000);

  it('goes on by itself when its session is ended', async () => {
    await start();
    await count();
    await until(isCarried);
    await source.query(`select 1`);
    const owner = await dataSource({ url: database.ownerUrl, name: 'owner' }).initialize();
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'relay'`);
    await owner.destroy();
    await count(20);
    expect(await until(isCarried)).toBeLessThan(5);
  });
});

describe('a stream that lost something', () => {
  it('is filled again when everything is gone', async () => {
    await start();
    await count(300);
    await until(isCarried);
    await broker.kill();
    rmSync(broker.store, { recursive: true });
    await broker.start();
    await setUpStreams(login('set-up'), { maxBytes: 2 ** 26 });
    await count(20);
    await until(async () => (await inStream()).length === (await published()).length && (await isCarried()), 20);
  }, 40_000);

  it('is filled again when it was made anew while everybody stayed connected', async () => {
    await start();
    await count(300);
    await until(isCarried);
    const connection = await connectBroker(login('set-up'), 'test');
    await (await jetstreamManager(connection)).streams.delete('triage');
    await connection.close();
    await setUpStreams(login('set-up'), { maxBytes: 2 ** 26 });
    await count(1);
    await until(async () => (await inStream()).length === (await published()).length && (await isCarried()), 20);
  }, 40_000);

  it('is filled again from where an older copy ends, whatever waited to be sent on top of it', async () => {
    await start();
    await count(100);
    await until(isCarried);
    await broker.kill();
    cpSync(broker.store, `${broker.store}.older`, { recursive: true });
    await broker.start();
    // More than an older copy is looked back over by position alone.
    for (let n = 0; n < 5; n += 1) await count(500);
    await until(isCarried, 20);
    await broker.kill();
    rmSync(broker.store, { recursive: true });
    cpSync(`${broker.store}.older`, broker.store, { recursive: true });
    // Published while nobody listens, and so first in the queue when somebody does.
    await count(2_600);
    await pause(300);
    await broker.start();
    await until(async () => (await isCarried()) && (await inStream()).length === (await published()).length, 30);
  }, 80_000);
});

describe('a stream that is full', () => {
  it('refuses, says so before, and has everything once there is room', async () => {
    await start();
    const connection = await connectBroker(login('triage'), 'triage');
    const state = () => new BrokerCheck(connection, 'triage', true).state();
    expect(await state()).toMatchObject({ isUp: true, streams: [{ stream: 'triage', filled: expect.any(Number) }] });
    const set = await connectBroker(login('set-up'), 'test');
    const manager = await jetstreamManager(set);
    const { state: now } = await manager.streams.info('triage');
    await setUpStreams(login('set-up'), { maxBytes: now.bytes + 8_192 });
    await count(100);
    await until(async () => (await state()).streams[0]!.filled > 0.99, 10);
    expect((await state()).isUp).toBe(true);
    expect(await waiting()).toBeGreaterThan(0);
    await setUpStreams(login('set-up'), { maxBytes: 2 ** 26 });
    await until(isCarried);
    await Promise.all([connection.close(), set.close()]);
  }, 40_000);
});
