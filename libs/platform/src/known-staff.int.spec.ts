import * as fc from 'fast-check';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { dataSource, migrate } from '#libs/journal';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { KnownStaff, knownStaffTable, sessionsEndedColumn, takeStaff } from './known-staff.js';
import { lastWords, type StaffContract } from './staff-told.js';

class MakeKnownStaff20260101000000 implements MigrationInterface {
  name = 'MakeKnownStaff20260101000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(knownStaffTable('section42') + sessionsEndedColumn);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const id = '00000000-0000-4000-8000-000000000001';
const contract = (what: string, sequence: number, data: object = {}): StaffContract =>
  ({ type: `safeguarding.staff-member.${what}.v1`, subject: id, sequence, time: `2026-07-06T09:3${sequence}:00.000000Z`, data }) as StaffContract;
const told = [
  contract('registered', 1, { actsAs: id }),
  contract('roles-changed', 2, { roles: [{ role: 'manager', authority: 'E06000062' }, { role: 'a_role_of_tomorrow', authority: 'E06000062' }] }),
  contract('disabled', 3),
  contract('roles-changed', 4, { roles: [{ role: 'board_member', authority: null }] }),
  contract('entered-in-error', 5),
  contract('registered', 6, { actsAs: id }),
  contract('sessions-ended', 7),
  contract('sessions-ended', 8),
];

let database: TestDatabase;
let app: DataSource;
let known: KnownStaff;
beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url('section42', 'migrate'), schema: 'section42', migrations: [MakeKnownStaff20260101000000] });
  app = await dataSource({ url: database.url('section42', 'app'), name: 'app' }).initialize();
  known = new KnownStaff(app as never);
});
afterAll(async () => {
  await app.destroy();
  await database.close();
});

const owner = async (sql: string): Promise<unknown> => {
  const source = await dataSource({ url: database.ownerUrl, name: 'owner' }).initialize();
  return source.query(sql).finally(() => source.destroy());
};
const take = (...contracts: StaffContract[]): Promise<void> => app.transaction((tx) => takeStaff(tx, contracts));

describe('a service’s copy of the directory', () => {
  beforeEach(() => owner('truncate section42.known_staff'));

  it('says who somebody is and as what they work, as soon as it was told', async () => {
    expect(await known.find(id)).toBeUndefined();
    await take(told[0]!);
    expect(await known.find(id)).toEqual({ actsAs: id, authority: null, roles: [], isActive: true, isWhole: false, sessionsEndedAt: null });
    await take(told[1]!);
    expect(await known.find(id)).toEqual({ actsAs: id, authority: 'E06000062', roles: ['manager'], isActive: true, isWhole: true, sessionsEndedAt: null });
    await take(told[2]!);
    expect(await known.find(id)).toMatchObject({ isActive: false, isWhole: true });
  });

  it('says since when nobody is signed in as them, the latest time whatever came last', async () => {
    await take(told[0]!, told[7]!);
    await take(told[6]!);
    expect(await known.find(id)).toMatchObject({ isActive: true, sessionsEndedAt: Date.parse('2026-07-06T09:38:00Z') });
  });

  it('lets in nobody of whom only something later was told', async () => {
    await take(told[1]!);
    expect(await known.find(id)).toMatchObject({ isActive: false, isWhole: false });
    await take(told[0]!);
    expect(await known.find(id)).toMatchObject({ roles: ['manager'], isActive: true });
  });

  it('holds the same in whatever order, in whatever batches and however often it is told', async () => {
    const batches = fc.tuple(fc.shuffledSubarray(told, { minLength: told.length }), fc.nat(told.length), fc.subarray(told));
    await fc.assert(
      fc.asyncProperty(batches, async ([order, split, again]) => {
        await owner('truncate section42.known_staff');
        for (const batch of [order.slice(0, split), order.slice(split), again]) if (batch.length > 0) await take(...batch);
        const [row] = await app.query(`select *, to_char(sessions_ended_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sessions_ended_at from known_staff`);
        expect([row]).toEqual(lastWords(told));
      }),
      { numRuns: 25 },
    );
  });
});
