import type { MigrationInterface, QueryRunner } from 'typeorm';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { connectClient, migrate } from './database.js';

class MakeThings1000000000001 implements MigrationInterface {
  name = 'MakeThings1000000000001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table thing (id int)');
  }
  async down(): Promise<void> {}
}

class NameThings1000000000002 implements MigrationInterface {
  name = 'NameThings1000000000002';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table thing add column name text');
  }
  async down(): Promise<void> {}
}

describe('bringing a schema to its newest shape', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it('lets those pass who use a table, and changes it when it is to be had', async () => {
    const to = (...migrations: (new () => MigrationInterface)[]) => migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations });
    await to(MakeThings1000000000001);
    const [using, looking] = [await connectClient({ url: database.ownerUrl, name: 'using' }), await connectClient({ url: database.ownerUrl, name: 'looking' })];
    const isWaiting = async (): Promise<boolean> => (await looking.query(`select from pg_locks where not granted and relation = 'triage.thing'::regclass`)).rowCount! > 0;
    const until = async (is: boolean): Promise<void> => {
      while ((await isWaiting()) !== is);
    };
    await using.query('begin; lock table triage.thing in access share mode');
    const changed = to(MakeThings1000000000001, NameThings1000000000002);
    await until(true);
    await until(false);
    // It gave up for now: nobody waits behind it.
    await using.query('commit');
    await changed;
    await expect(looking.query('select name from triage.thing')).resolves.toMatchObject({ rowCount: 0 });
    await Promise.all([using.end(), looking.end()]);
  });
});
