import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource, MigrationInterface } from 'typeorm';
import { dataSource, type DomainEvent, type Finding, migrate, type ReadTable, readTables, Records, repairReadTables, type Slice, transact } from '#libs/journal';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { migrations as dols } from '../apps/dols/src/migrations/index.ts';
import { requestSlice, requestTables } from '../apps/dols/src/request/adapters/persistence/slice.ts';
import { authorised } from '../apps/dols/src/request/domain/request.builders.ts';
import { migrations as people } from '../apps/people/src/migrations/index.ts';
import { personSlice, personTables } from '../apps/people/src/person/adapters/persistence/slice.ts';
import { anAllocation, anEnquiry, concluded } from '../apps/section42/src/enquiry/domain/an-enquiry.ts';
import { enquirySlice, enquiryTables } from '../apps/section42/src/enquiry/adapters/persistence/slice.ts';
import { migrations as section42 } from '../apps/section42/src/migrations/index.ts';
import { concernSlice, concernTables } from '../apps/triage/src/concern/adapters/persistence/slice.ts';
import { aConcern, aTriage } from '../apps/triage/src/concern/domain/a-concern.ts';
import { migrations as triage } from '../apps/triage/src/migrations/index.ts';

type Any = Slice<never, never, never>;

interface Service {
  migrations: (new () => MigrationInterface)[];
  slice: Any;
  tables: ReadTable[];
  /** Of a record in which as much as can be is known. */
  story: () => DomainEvent[];
}

const at = '2026-06-01T09:00:00.000000Z';
const person = (): DomainEvent[] => [
  { type: 'PersonRegistered', at, by: null, gender: 'female', ethnicity: 'asian', primarySupportReason: 'none', localArea: 'N5' },
  { type: 'BecameKnownTo', at, authority: 'E06000062' },
  { type: 'PersonJoined', at, by: null, reason: null, into: randomUUID() },
].map((event): DomainEvent => event);

const services: Record<string, Service> = {
  people: { migrations: people, slice: personSlice as unknown as Any, tables: personTables, story: person },
  triage: { migrations: triage, slice: concernSlice as unknown as Any, tables: concernTables, story: () => [aConcern(), aTriage(), { type: 'ConcernRouted', at, decision: 1, routes: [{ route: 'quality_team' }] }, { type: 'SecondLookDrawn', at, decision: 1 }, { type: 'SecondLookGiven', at, by: 'officer-2', decision: 1, limbs: aTriage().limbs, outcome: 's42_enquiry', reason: aTriage().reason! }, { type: 'ConcernRestricted', at, by: 'manager-1', names: ['manager-1'], why: 'other', reason: aTriage().reason }].map((event): DomainEvent => event) },
  section42: { migrations: section42, slice: enquirySlice as unknown as Any, tables: enquiryTables, story: () => [anEnquiry({ concernId: randomUUID() }), anAllocation(), concluded()] },
  dols: { migrations: dols, slice: requestSlice as unknown as Any, tables: requestTables, story: () => [...authorised, { type: 'RequestKeptFrom', at, by: 'manager-1', staff: ['assessor-9'], why: 'source_of_risk', reason: null }].map((event): DomainEvent => event) },
};

/** Another value of the same type, whatever is there. */
const others: Record<string, (column: string) => string> = {
  uuid: () => 'gen_random_uuid()',
  text: (column) => `concat(${column}, 'x')`,
  int4: (column) => `coalesce(${column}, 0) + 1`,
  bool: (column) => `not coalesce(${column}, false)`,
  timestamptz: (column) => `coalesce(${column}, now()) + interval '1 hour'`,
  date: (column) => `coalesce(${column}, current_date) + 1`,
  _text: (column) => `coalesce(${column}, '{}') || '{x}'::text[]`,
};

describe.each(Object.entries(services))('the read tables of %s', (service, { migrations, slice, tables, story }) => {
  let database: TestDatabase;
  let owner: Client;
  let maintain: DataSource;
  beforeAll(async () => {
    database = await testDatabase();
    await migrate({ url: database.url(service, 'migrate'), schema: service, migrations });
    owner = new Client({ connectionString: database.ownerUrl, options: `-c search_path=${service} -c session_replication_role=replica` });
    await owner.connect();
    maintain = await dataSource({ url: database.url(service, 'maintain'), name: 'maintain' }).initialize();
    const app = await dataSource({ url: database.url(service, 'app'), name: 'app' }).initialize();
    await transact(app, { sight: 'every' }, async (tx) => {
      const telling = { ...slice, decider: { ...slice.decider, decide: (events: DomainEvent[]) => events } } as unknown as Slice<never, DomainEvent[], DomainEvent>;
      for (let n = 0; n < 3; n += 1) {
        await new Records(telling).handle(tx, { recordId: randomUUID(), command: story(), context: { authority: 'E06000062', actor: null, recordedAt: at } });
      }
    });
    await app.destroy();
  }, 60_000);
  afterAll(async () => {
    await owner.end();
    await maintain.destroy();
    await database.close();
  });

  const kept = { slice, tables };
  const rowsOf = async (table: string): Promise<object[]> => (await owner.query(`select * from ${table} order by 1, 2`)).rows;

  async function findings(): Promise<Finding[]> {
    const running = readTables(maintain, kept).run();
    return Array.fromAsync(running);
  }

  /** So that any value can be planted. */
  async function loosen(table: string): Promise<void> {
    const { rows } = await owner.query(`select conname from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f')`, [table]);
    for (const { conname } of rows) await owner.query(`alter table ${table} drop constraint "${conname}"`);
  }

  it('are found wrong where any column of any of them was changed, and made right', async () => {
    for (const { name } of tables) await loosen(name);
    expect(await findings()).toEqual([]);
    for (const { name, record, key = [record] } of tables) {
      const { rows } = await owner.query<{ column: string; type: string }>(
        `select column_name as column, udt_name as type from information_schema.columns where table_schema = $1 and table_name = $2 and is_generated = 'NEVER'`,
        [service, name],
      );
      expect(rows.length).toBeGreaterThan(1);
      const before = await rowsOf(name);
      expect(before).toHaveLength(3);
      for (const { column, type } of rows) {
        await owner.query(`update ${name} set ${column} = ${others[type]!(column)} where ctid = (select ctid from ${name} order by ${key.join(', ')} limit 1)`);
        const found = (await findings()).map(({ where }) => where);
        // With another key it is a row too many and one too few.
        const isFound = key.includes(column) ? found.length === 2 : found.length === 1 && String(found[0]!['columns']).split(' ').includes(column);
        expect([column, isFound]).toEqual([column, true]);
        await repairReadTables(maintain, kept, () => {});
        expect([column, await rowsOf(name)]).toEqual([column, before]);
      }
    }
  }, 60_000);
});
