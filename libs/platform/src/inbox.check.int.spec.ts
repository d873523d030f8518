import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { dataSource, type Finding, inboxTables, Intake, messageTables, migrate, Parking } from '#libs/journal';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { InboxCheck } from './inbox.check.js';

class MakeInbox20260101000000 implements MigrationInterface {
  name = 'MakeInbox20260101000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(inboxTables('section42') + messageTables('section42'));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const taken = 'safeguarding.concern.triaged.v1';
const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}:v1`;
const told = Array.from({ length: 3_000 }, (_, index) => ({ position: index + 1, id: idOf(index), type: index % 3 === 0 ? 'safeguarding.concern.wishes-recorded.v1' : taken }));
const ours = told.filter(({ type }) => type === taken).map(({ id }) => id);

let database: TestDatabase;
let app: DataSource;
let maintain: DataSource;
let server: Server;
let check: (most?: number) => Promise<{ found: Finding[]; looked: number }>;

beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url('section42', 'migrate'), schema: 'section42', migrations: [MakeInbox20260101000000] });
  [app, maintain] = await Promise.all([
    dataSource({ url: database.url('section42', 'app'), name: 'app' }).initialize(),
    dataSource({ url: database.url('section42', 'maintain'), name: 'maintain' }).initialize(),
  ]);
  // The directory has told nothing.
  server = createServer((request, response) => response.end(request.url!.startsWith('/nothing') ? '' : told.filter(({ position }) => position > Number(new URL(request.url!, 'http://localhost').searchParams.get('after'))).map((one) => `${JSON.stringify(one)}\n`).join('')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const triage = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  check = async (most = 10_000) => {
    const running = new InboxCheck({ service: 'section42', queries: maintain, publishers: { triage, directory: `${triage}/nothing` }, signing: async () => ({}), types: () => [taken], everyMs: 30, most }).run();
    const found: Finding[] = [];
    for (let step = await running.next(); ; step = await running.next()) {
      if (step.done) return { found, looked: step.value.looked };
      found.push(step.value);
    }
  };
});
beforeEach(async () => {
  await app.query('delete from inbox');
  await take(ours);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await Promise.all([app.destroy(), maintain.destroy()]);
  await database.close();
});

const take = (ids: string[]): Promise<void> => new Intake(app).take(ids.map((id) => ({ id, authority: null })), async () => {});
const forget = (...ids: string[]): Promise<unknown> => app.query('delete from inbox where message_id = any($1)', [ids]);
const reference = (id: string) => ({ messageId: id, stream: 'triage', streamSequence: 1, type: taken });
const where = (n: number) => ({ publisher: 'triage', position: n + 1, message: idOf(n), type: taken });

describe('what a service must know', () => {
  it('is all there where everything of the types that it takes was taken', async () => {
    expect(await check()).toEqual({ found: [], looked: 2_000 });
  });

  it('is missed where the row of one is gone', async () => {
    await forget(idOf(1), idOf(2_999));
    expect((await check()).found).toEqual([
      { what: 'a contract was not taken, and nothing says why', where: where(1) },
      { what: 'a contract was not taken, and nothing says why', where: where(2_999) },
    ]);
  });

  it('says so where it was set aside, or waits too long for the one that it builds on', async () => {
    await forget(idOf(1), idOf(2), idOf(4));
    await new Intake(app).setAside({ ...reference(idOf(1)), errorClass: 'Error', attempts: 8 });
    await new Parking(app).park([idOf(2), idOf(4)].map((id) => ({ ...reference(id), recordId: id.slice(0, 36) })), 1_000);
    await app.query(`update parked set parked_at = now() - interval '2 minutes' where message_id = $1`, [idOf(2)]);
    expect((await check()).found).toEqual([
      { what: 'a contract was not taken: it was set aside and waits for a person', where: where(1) },
      { what: 'a contract was not taken: it waits for the one that it builds on', where: where(2) },
    ]);
    await app.query('delete from dead_letter');
    await app.query('delete from parked');
  });

  it('is not missed while it is on its way', async () => {
    await forget(...ours.slice(500));
    const checking = check();
    for (let at = 500; at < ours.length; at += 100) {
      await take(ours.slice(at, at + 100));
      await pause(15);
    }
    expect((await checking).found).toEqual([]);
  });

  it('is missed also behind more late ones than are held at once', async () => {
    await forget(...ours.slice(0, 1_000), idOf(2_999));
    const checking = check(100);
    await pause(15);
    for (let at = 0; at < 1_000; at += 100) await take(ours.slice(at, at + 100));
    expect(await checking).toEqual({ found: [{ what: 'a contract was not taken, and nothing says why', where: where(2_999) }], looked: 2_000 });
  });

  it('is told of in full, however many are missing', async () => {
    await forget(...ours);
    const { found, looked } = await check(100);
    expect([found.length, new Set(found.map(({ where: { position } }) => position)).size, looked]).toEqual([2_000, 2_000, 2_000]);
  });
});
