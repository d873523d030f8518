import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { DomainEvent } from '../event.js';
import { Records } from '../records.js';
import type { Slice } from '../slice.js';
import type { Check, Finding, Looked } from './check.js';

/** A read table, and which of its columns say whose row it is. */
export interface ReadTable {
  name: string;
  /** The record's id. */
  record: string;
  /** The whole key, where a record has more rows than one. */
  key?: string[];
}

export interface ReadTables<State, Command, Event extends DomainEvent> {
  slice: Slice<State, Command, Event>;
  tables: ReadTable[];
}

const page = 1_000;
const nil = '00000000-0000-0000-0000-000000000000';

/**
 * Every read table is what its journal makes of it. A page of records at a time is folded and projected, by the service's own
 * code, into temporary tables of the same names, which stand before the live ones, and compared within one snapshot.
 */
export const readTables = <State, Command, Event extends DomainEvent>(
  maintain: Pick<DataSource, 'createQueryRunner'>,
  { slice, tables }: ReadTables<State, Command, Event>,
): Check => ({
  name: 'read-tables',
  async *run() {
    const runner = maintain.createQueryRunner();
    try {
      yield* strayRows(runner, tables);
      return yield* unlikeFold(runner, slice, tables);
    } finally {
      // Whoever gets the connection next must not meet the temporary tables.
      await runner.query('discard temp').finally(() => runner.release());
    }
  },
});

async function* unlikeFold<State, Command, Event extends DomainEvent>(
  runner: QueryRunner,
  slice: Slice<State, Command, Event>,
  tables: ReadTable[],
): AsyncGenerator<Finding, Looked> {
  const [{ schema }] = await runner.query('select current_schema() as schema');
  for (const table of tables) await copyEmpty(runner, schema, table);
  const records = new Records(slice);
  let looked = 0;
  for (let after = nil; ; ) {
    const { recordIds, findings } = await runner.manager.transaction('REPEATABLE READ', async (tx) => {
      const recordIds = await recordsAfter(tx, after);
      await slice.project(tx, await records.standings(tx, recordIds));
      const findings = [];
      for (const table of tables) findings.push(...(await differences(tx, schema, { table, recordIds })));
      return { recordIds, findings };
    });
    yield* findings;
    looked += recordIds.length;
    if (recordIds.length < page) return { looked };
    after = recordIds.at(-1)!;
  }
}

/** With the one index that `project` needs: the others would be kept up for nothing. */
async function copyEmpty(runner: QueryRunner, schema: string, { name, record, key = [record] }: ReadTable): Promise<void> {
  await runner.query(`create temporary table ${name} (like ${schema}.${name} including generated, primary key (${key.join(', ')})) on commit delete rows`);
}

async function recordsAfter(tx: EntityManager, after: string): Promise<string[]> {
  const rows: { record_id: string }[] = await tx.query(
    `select record_id from journal where record_id > $1 group by record_id order by record_id limit ${page}`,
    [after],
  );
  return rows.map((row) => row.record_id);
}

interface Compared {
  key: Record<string, string>;
  live: Record<string, unknown> | null;
  folded: Record<string, unknown> | null;
}

/** The values are compared here and never told: only which columns differ. */
async function differences(tx: EntityManager, schema: string, { table, recordIds }: { table: ReadTable; recordIds: string[] }): Promise<Finding[]> {
  const { name, record, key = [record] } = table;
  const rows: Compared[] = await tx.query(
    `select jsonb_build_object(${key.map((column) => `'${column}', ${column}`).join(', ')}) as key, to_jsonb(live) as live, to_jsonb(folded) as folded
     from (select * from ${schema}.${name} where ${record} = any($1)) live full join pg_temp.${name} folded using (${key.join(', ')})
     where live is distinct from folded`,
    [recordIds],
  );
  return rows.map(({ key, live, folded }) => ({ what: whatOf(live, folded), where: { table: name, ...key, columns: live && folded ? differing(live, folded) : null } }));
}

function whatOf(live: object | null, folded: object | null): string {
  if (!live) return 'a row is missing that the record makes';
  return folded ? 'a row is not what the record makes of it' : 'a row is there that the record does not make';
}

const differing = (live: Record<string, unknown>, folded: Record<string, unknown>): string =>
  Object.keys(live)
    .filter((column) => JSON.stringify(live[column]) !== JSON.stringify(folded[column]))
    .join(' ');

/** Rows of records that have no story at all. */
async function* strayRows(runner: QueryRunner, tables: ReadTable[]): AsyncGenerator<Finding> {
  for (const { name, record } of tables) {
    for (let after = nil; ; ) {
      const rows: { id: string }[] = await runner.query(
        `select distinct ${record} as id from ${name} as kept where ${record} > $1
         and not exists (select from journal where record_id = kept.${record}) order by id limit ${page}`,
        [after],
      );
      for (const { id } of rows) yield { what: 'a row is there whose record has no story', where: { table: name, [record]: id } };
      if (rows.length < page) break;
      after = rows.at(-1)!.id;
    }
  }
}
