import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { dataSource, inboxTables, Intake, messageTables, migrate } from '#libs/journal';
import type { JetStreamStrategy } from '#libs/messaging';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { MissedMessages } from './missed-messages.js';
import { Overlooked } from './overlooked.js';

class MakeInbox20260101000000 implements MigrationInterface {
  name = 'MakeInbox20260101000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(inboxTables('section42') + messageTables('section42'));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const type = 'safeguarding.concern.triaged.v1';
const told = (position: number) => ({ position, id: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}:v1`, type });
const other = (position: number) => ({ ...told(position), type: 'safeguarding.concern.wishes-recorded.v1' });

let database: TestDatabase;
let app: DataSource;
let server: Server;
/** What triage tells, and what it was asked for. */
let contracts: { position: number; id: string; type: string }[];
let asked: string[];
let isTriageAway: boolean;
let isTriageHanging = false;
let caughtUp: string[][];
let isAllDelivered: boolean;

beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url('section42', 'migrate'), schema: 'section42', migrations: [MakeInbox20260101000000] });
  app = await dataSource({ url: database.url('section42', 'app'), name: 'app' }).initialize();
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    if (isTriageHanging) return;
    if (isTriageAway) return void response.writeHead(503).end();
    const lines = pathname.startsWith('/nothing') ? [] : contracts.filter(({ position }) => position > Number(searchParams.get('after') ?? 0));
    if (!pathname.startsWith('/nothing')) asked.push(searchParams.toString());
    response.end(lines.map((one) => `${JSON.stringify(one)}\n`).join(''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app.destroy();
  await database.close();
});
beforeEach(async () => {
  [asked, caughtUp, isTriageAway, isAllDelivered] = [[], [], false, true];
  await app.query('delete from inbox');
});

const take = (...ids: string[]): Promise<void> => new Intake(app).take(ids.map((id) => ({ id, authority: null })), async () => {});

/** The rounds of a process that has just started; its messages are taken as a delivery is. */
function aProcess(): Overlooked {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const strategy = {
    isAllDelivered: async () => isAllDelivered,
    getHandlers: () => new Map([[type, () => undefined]]),
    catchUp: async (_stream: string, missed: { id: string }[]) => {
      caughtUp.push(missed.map(({ id }) => id));
      await take(...missed.map(({ id }) => id));
      return { taken: missed.length, parked: 0, setAside: 0 };
    },
  } as unknown as JetStreamStrategy;
  return new Overlooked(new MissedMessages({ service: 'section42', queries: app, publishers: { triage: url, directory: `${url}/nothing` }, signing: async () => ({}), taking: { now: () => strategy } }));
}

async function look(rounds: Overlooked, times: number): Promise<void> {
  for (let done = 0; done < times; done += 1) await rounds.go();
}

describe('what others told and the broker does not deliver', () => {
  it('is taken by itself once it has been missing for a while, and what came is not', async () => {
    contracts = [told(1), other(2), told(3), told(4)];
    await take(told(1).id, told(4).id);
    const rounds = aProcess();
    await look(rounds, 2);
    expect(caughtUp).toEqual([]);
    await look(rounds, 1);
    expect(caughtUp).toEqual([[told(3).id]]);
    await look(rounds, 3);
    expect(caughtUp).toHaveLength(1);
    // Looking takes no more than names; what is missing is read whole, from just before it.
    expect(asked.filter((one) => !one.endsWith('names'))).toEqual(['after=2']);
  });

  it('is left to the broker while it arrives', async () => {
    contracts = [told(1), told(2)];
    const rounds = aProcess();
    await look(rounds, 2);
    await take(told(1).id, told(2).id);
    contracts.push(told(3));
    await look(rounds, 2);
    expect(caughtUp).toEqual([]);
  });

  it('is left to the broker as long as that has something in hand', async () => {
    contracts = [told(1)];
    isAllDelivered = false;
    const rounds = aProcess();
    await look(rounds, 5);
    expect(caughtUp).toEqual([]);
    isAllDelivered = true;
    await look(rounds, 1);
    expect(caughtUp).toEqual([[told(1).id]]);
  });

  it('is looked for no further back than a process that starts has to, and then from where all was there', async () => {
    contracts = [told(1), told(2), told(3)];
    await take(told(1).id, told(3).id);
    const rounds = aProcess();
    await look(rounds, 4);
    contracts.push(told(4));
    await take(told(4).id);
    await look(rounds, 2);
    const looked = asked.filter((one) => one.endsWith('&only=names')).map((one) => one.split('&')[0]);
    expect(looked).toEqual(['last=5000', 'after=1', 'after=1', 'after=1', 'after=3', 'after=4']);
  });

  it('is looked for again where whoever told it is away for a while', async () => {
    contracts = [told(1)];
    const rounds = aProcess();
    await look(rounds, 2);
    isTriageAway = true;
    await look(rounds, 3);
    isTriageAway = false;
    await look(rounds, 1);
    expect(caughtUp).toEqual([[told(1).id]]);
  });

  it('is waited for by nobody who is told to stop', async () => {
    contracts = [told(1)];
    const rounds = aProcess();
    isTriageHanging = true;
    const looking = rounds.go();
    await rounds.beforeApplicationShutdown();
    await looking;
    isTriageHanging = false;
  });

  it('is not taken twice where it waits for a person or for what it builds on', async () => {
    contracts = [told(1)];
    await new Intake(app).setAside({ messageId: told(1).id, stream: 'triage', streamSequence: 1, type, errorClass: 'Error', attempts: 8 });
    await look(aProcess(), 4);
    expect(caughtUp).toEqual([]);
    await app.query('delete from dead_letter');
  });
});
