import { type MigrationInterface } from 'typeorm';
import { dataSource, migrate, seeing } from '#libs/journal';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { migrations as directory } from '../apps/directory/src/migrations/index.ts';
import { migrations as dols } from '../apps/dols/src/migrations/index.ts';
import { migrations as people } from '../apps/people/src/migrations/index.ts';
import { migrations as section42 } from '../apps/section42/src/migrations/index.ts';
import { migrations as triage } from '../apps/triage/src/migrations/index.ts';

const services: Record<string, (new () => MigrationInterface)[]> = { people, triage, section42, dols, directory };
const kept = ['journal', 'read_audit', 'resending', 'seal'];
const roles = ['app', 'relay', 'maintain', 'migrate', 'owner'] as const;

/** A statement of each kind that would change what is only added to. The owner may be refused by the trigger alone. */
const changes = (service: string, table: string): string[] => [`update ${service}.${table} set ${table === 'seal' ? `line = ''` : `actor = 'x'`}`, `delete from ${service}.${table}`, `truncate ${service}.${table} cascade`];
const refusal = /permission denied|never changed or removed|stays on record/;

describe.each(Object.entries(services))('what %s only adds to', (service, migrations) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await migrate({ url: database.url(service, 'migrate'), schema: service, migrations });
  });
  afterAll(() => database.close());

  it.each(roles)('is changed, emptied and removed by nobody, not by %s either', async (role) => {
    const source = await dataSource({ url: role === 'owner' ? database.ownerUrl : database.url(service, role), name: 'test', size: 1 }).initialize();
    for (const change of kept.flatMap((table) => changes(service, table))) {
      await expect(seeing(source, 'every').query(change)).rejects.toThrow(refusal);
    }
    await source.destroy();
  });
});
