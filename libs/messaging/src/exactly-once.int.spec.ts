import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { dataSource, migrate } from '#libs/journal';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { MakeTally20260101000000 } from '../../journal/test/counting.js';
import { aReopening, type Held, OneProcess } from '../test/one-process.js';

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations: [MakeTally20260101000000] });
  // Processes die here, the database does not: it need not wait for the disk.
  const owner = await dataSource({ url: database.ownerUrl, name: 'test' }).initialize();
  await owner.query(`alter database ${database.name} set synchronous_commit = off`);
  await owner.destroy();
  source = await dataSource({ url: database.url('triage', 'app'), name: 'test' }).initialize();
});

afterAll(async () => {
  await source.destroy();
  await database.close();
});

/** What the broker holds of so many records with so many events each. */
function held(records: number, events: number): Held[] {
  const contracts = Array.from({ length: records }, () => randomUUID()).flatMap((record) => Array.from({ length: events }, (_, nth) => aReopening(record, nth + 1)));
  return contracts.map((contract, at) => ({ sequence: at + 1, contract, deliveries: 0, isOver: false }));
}

const dueNow = () => source.query(`update parked set due_at = now() - interval '1 second'`);

/** Nothing dies any more: whatever the broker still holds is delivered, and what is parked is tried, until all is over. */
async function settle(broker: Held[], poison: ReadonlySet<string> = new Set()): Promise<void> {
  const last = new OneProcess(broker, source, { poison });
  for (let round = 0; round < 12 && broker.some(({ isOver }) => !isOver); round += 1) await last.deliver(broker);
  for (let round = 0; round < 12; round += 1) {
    await dueNow();
    if ((await last.tryParked()) === 0) break;
  }
}

async function effects(broker: Held[]): Promise<Record<string, number>> {
  const rows: { id: string; count: number }[] = await source.query(`select id, count from tally where id = any($1)`, [[...new Set(broker.map(({ contract }) => contract.subject))]]);
  return Object.fromEntries(rows.map(({ id, count }) => [id, count]));
}

async function among(table: 'inbox' | 'dead_letter' | 'parked', broker: Held[]): Promise<string[]> {
  const rows: { message_id: string }[] = await source.query(`select message_id from ${table} where message_id = any($1)`, [broker.map(({ contract }) => contract.id)]);
  return rows.map(({ message_id }) => message_id).toSorted();
}

const idsOf = (broker: Held[]): string[] => broker.map(({ contract }) => contract.id).toSorted();
const everyEffect = (broker: Held[]) => Object.fromEntries([...Map.groupBy(broker, ({ contract }) => contract.subject)].map(([record, all]) => [record, all.length]));

describe('a process that dies', () => {
  it.each([
    ['before the effect is committed', { step: 1, isAfter: false }],
    ['between the effect and the acknowledgement', { step: 1, isAfter: true }],
    ['with half of its batch acknowledged', { step: 3, isAfter: true }],
  ])('%s leaves each effect exactly once', async (_when, diesAt) => {
    const broker = held(4, 1);
    await new OneProcess(broker, source, { poison: new Set(), diesAt }).deliver(broker);
    expect(broker.some(({ isOver }) => !isOver)).toBe(true);
    await settle(broker);
    expect([await effects(broker), await among('inbox', broker)]).toEqual([everyEffect(broker), idsOf(broker)]);
  });

  it.each([
    ['before the row is committed', { step: 2, isAfter: false }],
    ['between the row and the word to the broker', { step: 2, isAfter: true }],
    ['after the word to the broker', { step: 3, isAfter: true }],
  ])('%s sets poison aside once, and loses nothing', async (_when, diesAt) => {
    const broker = held(1, 1);
    broker[0]!.deliveries = 7;
    const poison = new Set(idsOf(broker));
    await new OneProcess(broker, source, { poison, diesAt }).deliver(broker);
    await settle(broker, poison);
    expect([await among('dead_letter', broker), await among('inbox', broker)]).toEqual([idsOf(broker), []]);
  });

  it.each([
    ['before it parks what came early', { step: 2, isAfter: false }],
    ['between parking and the acknowledgement', { step: 2, isAfter: true }],
  ])('%s leaves each effect exactly once', async (_when, diesAt) => {
    const broker = held(1, 2);
    await new OneProcess(broker, source, { poison: new Set(), diesAt }).deliver([broker[1]!]);
    await settle(broker);
    expect([await effects(broker), await among('parked', broker)]).toEqual([everyEffect(broker), []]);
  });
});

describe('whatever is delivered, in whatever order, however often, and wherever processes die', () => {
  const diesAt = fc.option(fc.record({ step: fc.integer({ min: 1, max: 8 }), isAfter: fc.boolean() }), { nil: undefined, freq: 2 });
  const delivery = fc.record({ what: fc.constant('deliver' as const), which: fc.array(fc.nat(8), { minLength: 1, maxLength: 6 }), diesAt });
  const retry = fc.record({ what: fc.constant('retry' as const), which: fc.constant([]), diesAt });
  const stories = fc.array(fc.oneof({ weight: 3, arbitrary: delivery }, { weight: 1, arbitrary: retry }), { maxLength: 14 });

  it('ends with each effect exactly once, poison set aside once, and nothing parked', async () => {
    await fc.assert(
      fc.asyncProperty(stories, fc.option(fc.constantFrom(1, 7, 8), { nil: undefined, freq: 3 }), async (story, poisoned) => {
        // Three records with two events each, and three with one. One may be poison: a first event, or one that has to wait.
        const broker = [...held(3, 2), ...held(3, 1)].map((one, at) => ({ ...one, sequence: at + 1, deliveries: at < 6 ? 4 : 7 }));
        const poison = new Set(poisoned === undefined ? [] : [broker[poisoned]!.contract.id]);
        for (const { what, which, diesAt } of story) {
          const process = new OneProcess(broker, source, { poison, diesAt });
          if (what === 'deliver') await process.deliver(which.map((at) => broker[at]!));
          else await dueNow().then(() => process.tryParked());
        }
        await settle(broker, poison);
        const good = broker.filter(({ contract }) => !poison.has(contract.id));
        expect(await effects(broker)).toEqual(everyEffect(good));
        expect([await among('inbox', broker), await among('dead_letter', broker), await among('parked', broker)]).toEqual([idsOf(good), [...poison], []]);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
