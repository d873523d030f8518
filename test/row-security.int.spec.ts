import { Client } from 'pg';
import type { DataSource, MigrationInterface } from 'typeorm';
import { dataSource, migrate, raisedBy, type Sight, transact } from '#libs/journal';
import { migrations as staffSite } from '#libs/sign-in';
import { type Role, testDatabase, type TestDatabase } from '#libs/testing';
import { migrations as directory } from '../apps/directory/src/migrations/index.ts';
import { migrations as dols } from '../apps/dols/src/migrations/index.ts';
import { migrations as metrics } from '../apps/metrics/src/migrations/index.ts';
import { migrations as partnerSite } from '../apps/partner-site/src/migrations/index.ts';
import { migrations as people } from '../apps/people/src/migrations/index.ts';
import { migrations as section42 } from '../apps/section42/src/migrations/index.ts';
import { migrations as triage } from '../apps/triage/src/migrations/index.ts';
import type { ServiceName } from '../tools/start/services.ts';
import { councils, loosen, recordOfNorth, recordOfWest, rowFor, type Whose } from './row-security/rows.ts';
import { audited, exceptions, guarded, notHidden, ofSites, type Share } from './row-security/shares.ts';

type Migrations = (new () => MigrationInterface)[];

const services: Record<ServiceName, Migrations> = { people, triage, section42, dols, directory, metrics };
const sites: Record<string, Migrations> = { partner_site: partnerSite, staff_site: staffSite };
const refusal = { unsaid: 'does not say for whom it runs', notYours: 'row-level security', never: 'permission denied' };
const seenOf: Record<Share, { own: number; all: number }> = { own: { own: 1, all: 2 }, told: { own: 2, all: 2 }, all: { own: 0, all: 2 }, none: { own: 0, all: 0 } };

interface Guard {
  table: string;
  isForced: boolean;
  policies: number;
}

async function guardsOf(owner: Client, schema: string): Promise<Guard[]> {
  const { rows } = await owner.query<Guard>(
    `select relname as table, relrowsecurity and relforcerowsecurity as "isForced", (select count(*)::int from pg_policy where polrelid = pg_class.oid) as policies
     from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p') order by relname`,
    [schema],
  );
  return rows;
}

let database: TestDatabase;
let owner: Client;
beforeAll(async () => {
  database = await testDatabase();
  owner = new Client({ connectionString: database.ownerUrl, options: '-c session_replication_role=replica' });
  await owner.connect();
  for (const [service, migrations] of Object.entries(services)) await migrate({ url: database.url(service, 'migrate'), schema: service, migrations });
  for (const [schema, migrations] of Object.entries(sites)) await migrate({ url: database.url(schema, 'migrate'), schema, migrations });
}, 120_000);
afterAll(async () => {
  await owner?.end();
  await database?.close();
});

describe('every table', () => {
  it.each(Object.keys(services) as ServiceName[])('of %s has policies that hold for its owner too, or is an exception with a reason', async (service) => {
    const guards = await guardsOf(owner, service);
    const open = guards.filter(({ isForced, policies }) => !isForced || policies < 2).map(({ table }) => table);
    expect(open).toEqual(Object.keys(exceptions).filter((table) => guards.some((one) => one.table === table)).toSorted());
    expect(guards.map(({ table }) => table).filter((table) => !open.includes(table))).toEqual(Object.keys(guarded[service]).toSorted());
  });

  it.each(['triage', 'section42', 'dols'] as const)('of %s that shows a record hides it where it is restricted, or stands with the reason', async (service) => {
    const { rows: shows } = await owner.query<{ table: string }>(
      `select table_name as table from information_schema.columns where table_schema = $1 and (column_name = 'record_id' or (column_name = 'id' and table_name in ('concern', 'enquiry', 'dols_request'))) order by 1`,
      [service],
    );
    const { rows: hides } = await owner.query<{ table: string }>(`select tablename as table from pg_policies where schemaname = $1 and policyname = 'restricted' and permissive = 'RESTRICTIVE' order by 1`, [service]);
    expect(hides.map(({ table }) => table)).toEqual(shows.map(({ table }) => table).filter((table) => !(table in notHidden)));
  });

  it('of the sites belongs to whoever holds its secret', async () => {
    expect((await guardsOf(owner, 'partner_site')).map(({ table }) => table)).toEqual(Object.keys(ofSites).toSorted());
  });
});

describe.each(Object.entries(guarded) as [ServiceName, Record<string, Share>][])('in %s', (service, shares) => {
  const tables = Object.entries(shares);
  const signedIn = new Map<Role, DataSource>();

  beforeAll(async () => {
    for (const role of ['app', 'relay', 'maintain', 'migrate', 'auditor'] as const) {
      signedIn.set(role, await dataSource({ url: database.url(service, role), name: 'test', size: 1 }).initialize());
    }
    for (const [table] of tables) {
      await loosen(owner, { schema: service, table });
      for (const whose of Object.keys(councils) as Whose[]) {
        const { text, values } = await rowFor(owner, { schema: service, table }, whose);
        await owner.query(text, values);
      }
    }
  }, 60_000);
  afterAll(async () => {
    await Promise.all([...signedIn.values()].map((source) => source.destroy()));
  });

  const app = (): DataSource => signedIn.get('app')!;
  const count = (table: string): string => `select count(*)::int as rows from ${table}`;

  /** How many rows a role is shown; a dash where it may not even ask. */
  async function seen(role: Role, table: string, sight?: Sight): Promise<number | '-'> {
    const source = signedIn.get(role)!;
    try {
      const [row] = sight === undefined ? await source.query(count(table)) : await transact(source, { sight }, (tx) => tx.query(count(table)));
      return row.rows as number;
    } catch (error) {
      if ((error as Error).message.includes(refusal.never)) return '-';
      throw error;
    }
  }

  async function may(role: Role, privilege: 'select' | 'insert', table: string): Promise<boolean> {
    const { rows } = await owner.query(`select has_table_privilege($1, $2, $3) as may`, [`${service}_${role}`, `${service}.${table}`, privilege]);
    return rows[0].may;
  }

  it('a request sees what is its authority’s, and a program that sees all, all', async () => {
    for (const [table, share] of tables) {
      const isGranted = await may('app', 'select', table);
      const of = async (sight: Sight) => [table, await seen('app', table, sight)];
      expect(await of([councils.west])).toEqual([table, isGranted ? seenOf[share].own : '-']);
      expect(await of([councils.west, councils.north])).toEqual([table, isGranted ? (share === 'all' ? 0 : seenOf[share].all) : '-']);
      expect(await of('every')).toEqual([table, isGranted ? seenOf[share].all : '-']);
      expect(await of([])).toEqual([table, isGranted ? (share === 'told' ? 2 : 0) : '-']);
    }
  });

  it('whoever does not say for whom they run is refused and not shown nothing, also where an earlier transaction said it', async () => {
    for (const [table] of tables) {
      if (!(await may('app', 'select', table))) continue;
      await transact(app(), { sight: [councils.west] }, (tx) => tx.query('select 1'));
      await expect(app().query(count(table))).rejects.toThrow(refusal.unsaid);
      await expect(app().transaction((tx) => tx.query(count(table)))).rejects.toThrow(refusal.unsaid);
      if (!(await may('app', 'insert', table))) continue;
      const { text, values } = await rowFor(owner, { schema: service, table }, 'west');
      await expect(app().query(text, values)).rejects.toThrow(refusal.unsaid);
    }
  });

  it('nothing is written for another authority', async () => {
    for (const [table, share] of tables) {
      if (share !== 'own' || !(await may('app', 'insert', table))) continue;
      const { text, values } = await rowFor(owner, { schema: service, table }, 'north');
      const writing = transact(app(), { sight: [councils.west] }, (tx) => tx.query(text, values));
      await expect(writing.catch((error: Error) => [table, error.message.includes(refusal.notYours)])).resolves.toEqual([table, true]);
    }
  });

  it.each(['relay', 'maintain', 'migrate'] as const)('%s sees every row of what it may read, since what is hidden from it is lost in silence', async (role) => {
    for (const [table] of tables) expect([table, await seen(role, table)]).toEqual([table, (await may(role, 'select', table)) ? 2 : '-']);
  });

  it('the relay may read the journal and what it works with, and who migrates may read all', async () => {
    const readBy = async (role: Role): Promise<string[]> => {
      const read: string[] = [];
      for (const [table] of tables) if (await may(role, 'select', table)) read.push(table);
      return read.toSorted();
    };
    expect(await readBy('relay')).toEqual(['journal', 'outbox', 'relay_state'].filter((table) => table in shares));
    expect(await readBy('migrate')).toEqual(Object.keys(shares).toSorted());
  });

  it('the auditor reads who did and who read what, no key and no word, and writes nothing', async () => {
    for (const { table } of await guardsOf(owner, service)) {
      expect([table, await seen('auditor', table)]).toEqual([table, audited.includes(table) ? 2 : '-']);
      expect(await may('auditor', 'insert', table)).toBe(false);
    }
  });
});

describe('whoever signs in to the database for one of the services or sites', () => {
  const schemas = [...Object.keys(services), ...Object.keys(sites)];

  /** The roles that may sign in, each with whose it is, and what there is to read, as the catalogue has them. */
  async function catalogue() {
    const { rows: roles } = await owner.query<{ role: string; schema: string }>(
      `select rolname as role, schema from pg_roles join unnest($1::text[]) as schema on starts_with(rolname, schema || '_') where rolcanlogin order by 1`,
      [schemas],
    );
    const { rows: relations } = await owner.query<{ schema: string; relation: string; kind: string }>(
      `select nspname as schema, relname as relation, relkind as kind from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where nspname = any($1) and relkind in ('r', 'p', 'v', 'm', 'f', 'S') order by 1, 2`,
      [schemas],
    );
    return { roles, relations };
  }

  it('ASVS 5.0 V13.2.2: reads nothing of another’s, neither a table nor what counts its rows', async () => {
    const { roles, relations } = await catalogue();
    expect(Object.keys(Object.groupBy(roles, ({ schema }) => schema)).toSorted()).toEqual(schemas.toSorted());
    expect(Object.keys(Object.groupBy(relations, ({ schema }) => schema)).toSorted()).toEqual(schemas.toSorted());
    const read: string[] = [];
    let tried = 0;
    for (const { role, schema } of roles) {
      const client = new Client({ connectionString: database.url(schema, role.slice(schema.length + 1) as Role) });
      await client.connect();
      for (const other of relations.filter((one) => one.schema !== schema)) {
        tried += 1;
        const said = await client.query(`select * from "${other.schema}"."${other.relation}" limit 1`).then(() => 'rows', (error: Error) => error.message);
        if (!/^permission denied for (schema|table|view|sequence) /.test(said)) read.push(`${role}: ${other.schema}.${other.relation}: ${said}`);
      }
      await client.end();
    }
    expect(read).toEqual([]);
    expect(tried).toBeGreaterThan(1_000);
  }, 60_000);

  it('may do nothing else with what is another’s either, and takes on no other role', async () => {
    const { rows: may } = await owner.query(
      `select rolname as role, nspname as schema, relname as relation from pg_roles join unnest($1::text[]) as own on starts_with(rolname, own || '_')
       join pg_namespace on nspname = any($1) and nspname <> own join pg_class on relnamespace = pg_namespace.oid and relkind in ('r', 'p', 'v', 'm', 'f')
       where has_any_column_privilege(pg_roles.oid, pg_class.oid, 'select, insert, update, references') or has_table_privilege(pg_roles.oid, pg_class.oid, 'delete, truncate, trigger')
       union all
       select rolname, nspname, 'the schema' from pg_roles join unnest($1::text[]) as own on starts_with(rolname, own || '_') join pg_namespace on nspname = any($1) and nspname <> own
       where has_schema_privilege(pg_roles.oid, pg_namespace.oid, 'usage, create')
       union all
       select rolname, '', other from pg_roles join unnest($1::text[]) as own on starts_with(rolname, own || '_') join (select rolname as other, oid as other_id from pg_roles) as others on other <> rolname
       where pg_has_role(pg_roles.oid, other_id, 'member')`,
      [schemas],
    );
    expect(may).toEqual([]);
  });
});

describe('what somebody raised with another council than their own', () => {
  it('is seen by them, with its words, and by nobody else there', async () => {
    await owner.query(`update triage.journal set actor = 'partner-9', sequence = 1 where record_id = $1`, [recordOfNorth]);
    await owner.query(`update triage.concern set raised_by = 'partner-9' where authority = $1`, [councils.north]);
    const source = await dataSource({ url: database.url('triage', 'app'), name: 'test', size: 1 }).initialize();
    const seen = (sight: Sight) => transact(source, { sight }, async (tx) => {
      const rows: number[] = [];
      for (const table of ['journal', 'concern', 'narrative', 'record_key', 'organisation_named']) rows.push((await tx.query(`select count(*)::int as rows from ${table}`))[0].rows);
      return rows;
    });
    expect(await seen([raisedBy('partner-9')])).toEqual([1, 1, 1, 1, 0]);
    expect(await seen([councils.west, raisedBy('partner-9')])).toEqual([2, 2, 2, 2, 1]);
    expect(await seen([raisedBy('partner-8')])).toEqual([0, 0, 0, 0, 0]);
    await source.destroy();
  });
});

describe('whoever was joined into another', () => {
  it('leads those who know them to that other, and nobody else', async () => {
    const source = await dataSource({ url: database.url('people', 'app'), name: 'test', size: 1 }).initialize();
    const seenOfNorth = (sight: Sight) => transact(source, { sight }, (tx) => tx.query('select person_id from identity where person_id = $1', [recordOfNorth]));
    expect(await seenOfNorth([councils.west])).toEqual([]);
    await owner.query('update people.person set joined_into = $2 where person_id = $1', [recordOfWest, recordOfNorth]);
    expect(await seenOfNorth([councils.west])).toEqual([{ person_id: recordOfNorth }]);
    expect(await seenOfNorth([])).toEqual([]);
    await owner.query('update people.person set joined_into = null where person_id = $1', [recordOfWest]);
    await source.destroy();
  });
});
