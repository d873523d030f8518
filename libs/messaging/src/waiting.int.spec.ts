import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Catch, Controller, type ExceptionFilter, type INestMicroservice } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { type Observable, throwError } from 'rxjs';
import type { DataSource } from 'typeorm';
import { dataSource, Intake, migrate, Parking } from '#libs/journal';
import { testBroker, type TestBroker, testDatabase, type TestDatabase } from '#libs/testing';
import { MakeTally20260101000000 } from '../../journal/test/counting.js';
import { aReopening, reopenedType, type Reopened } from '../test/one-process.js';
import { connectBroker, JetStreamStrategy, type Letter, MessageContext, NotYet, setUpStreams } from './index.js';

/** Takes a record's events in order alone, and never takes some. */
@Controller()
class InOrder {
  @EventPattern([reopenedType])
  async take(@Payload() batch: Reopened[], @Ctx() { manager }: MessageContext): Promise<void> {
    const rows: { id: string; count: number }[] = await manager.query(`select id, count from tally where id = any($1)`, [batch.map(({ subject }) => subject)]);
    const seen = new Map(rows.map(({ id, count }) => [id, count]));
    const early: string[] = [];
    for (const { id, subject, sequence } of batch.toSorted((one, other) => one.sequence - other.sequence)) {
      if ((seen.get(subject) ?? 0) < sequence - 1) early.push(id);
      else seen.set(subject, sequence);
    }
    if (early.length > 0) throw new NotYet('the one before has not come', { messageIds: early });
    const taken = [...new Set(batch.map(({ subject }) => subject))].map((id) => [id, seen.get(id)] as const);
    await manager.query(
      `insert into tally select * from unnest($1::uuid[], $2::int[]) on conflict (id) do update set count = excluded.count`,
      [taken.map(([id]) => id), taken.map(([, count]) => count)],
    );
  }
}

@Catch()
class AsThrown implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

let database: TestDatabase;
let broker: TestBroker;
let source: DataSource;
let publisher: NatsConnection;
const processes: { app: INestMicroservice; connection: NatsConnection }[] = [];
const letters: Letter[] = [];

const login = (user: string) => ({ url: broker.url, ...broker.login(user) });

async function startProcess(): Promise<void> {
  const connection = await connectBroker(login('section42'), 'section42');
  const module = await Test.createTestingModule({ controllers: [InOrder] }).compile();
  const strategy = new JetStreamStrategy({
    service: 'section42', connection, intake: new Intake(source), parking: new Parking(source), publishers: {}, onTrouble: () => {},
    onSetAside: (letter) => letters.push(letter),
  });
  const app = module.createNestMicroservice({ strategy });
  app.useGlobalFilters(new AsThrown());
  await app.listen();
  processes.push({ app, connection });
}

async function publish(events: Reopened[]): Promise<void> {
  const client = jetstream(publisher);
  for (let at = 0; at < events.length; at += 500) {
    await Promise.all(events.slice(at, at + 500).map((event) => client.publish(event.type, JSON.stringify(event), { msgID: event.id })));
  }
}

async function until(isSo: () => Promise<boolean>, seconds = 40): Promise<number> {
  const began = performance.now();
  for (; performance.now() < began + seconds * 1_000; await pause(50)) if (await isSo()) return performance.now() - began;
  throw new Error('it did not come to that in time');
}

const taken = async (records: string[], count = 1): Promise<number> =>
  (await source.query(`select count(*) as n from tally where id = any($1) and count = $2`, [records, count]))[0].n;
const ids = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

beforeAll(async () => {
  [database, broker] = await Promise.all([testDatabase(), testBroker()]);
  await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations: [MakeTally20260101000000] });
  await setUpStreams(login('set-up'), { maxBytes: 2 ** 26 });
  source = await dataSource({ url: database.url('triage', 'app'), name: 'test' }).initialize();
  publisher = await connectBroker(login('set-up'), 'publisher');
  await startProcess();
  await startProcess();
}, 60_000);

afterAll(async () => {
  await Promise.all(processes.map(({ app }) => app.close()));
  await Promise.all([publisher, ...processes.map(({ connection }) => connection)].map((connection) => connection.close()));
  await source.destroy();
  await Promise.all([database.close(), broker.close()]);
});

describe('messages that come before the one that they build on', () => {
  it('hold up nobody else, however many they are, and are taken when that comes', async () => {
    const early = ids(5_000);
    await publish(early.map((id) => aReopening(id, 2)));
    const others = ids(200);
    await publish(others.map((id) => aReopening(id, 1)));
    await until(async () => (await taken(others)) === others.length);
    const parking = new Parking(source);
    await until(async () => (await parking.waiting()).messages === early.length);
    await pause(1_100);
    expect((await parking.waiting()).oldestSeconds).toBeGreaterThan(0);
    await publish(early.map((id) => aReopening(id, 1)));
    await until(async () => (await taken(early, 2)) === early.length);
    await until(async () => (await parking.waiting()).messages === 0);
    expect(letters).toEqual([]);
  }, 90_000);
});

describe('a message that the broker gives up', () => {
  it('is set aside once, by whichever process hears of it', async () => {
    const manager = await jetstreamManager(publisher);
    await Promise.all(processes.splice(0).map(async ({ app, connection }) => app.close().then(() => connection.close())));
    const [late, refused] = [aReopening(randomUUID(), 1), aReopening(randomUUID(), 1)];
    await publish([late, refused]);
    const { max_deliver } = (await manager.consumers.info('triage', 'section42-from-triage')).config;
    // Somebody has let the broker give up after one delivery, and takes both messages to the grave.
    await manager.consumers.update('triage', 'section42-from-triage', { max_deliver: 1, ack_wait: 500_000_000 });
    const consumer = await jetstream(publisher).consumers.get('triage', 'section42-from-triage');
    const messages = await consumer.fetch({ max_messages: 2, expires: 2_000 });
    const arrived = [];
    for await (const message of messages) arrived.push(message);
    await startProcess();
    await startProcess();
    arrived.find((message) => message.json<Reopened>().id === refused.id)!.term();
    await until(async () => letters.length === 2);
    await manager.consumers.update('triage', 'section42-from-triage', { max_deliver: max_deliver!, ack_wait: 60_000_000_000 });
    await pause(300);
    const rows = await source.query(`select message_id as id, error_class as why, type, attempts from dead_letter order by why`);
    expect(rows).toEqual([
      { id: late.id, why: 'MaxDeliveries', type: reopenedType, attempts: 1 },
      { id: refused.id, why: 'Terminated', type: reopenedType, attempts: 1 },
    ]);
    expect(letters).toHaveLength(2);
  });
});
