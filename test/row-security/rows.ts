import { randomBytes, randomUUID } from 'node:crypto';
import type { Client } from 'pg';

export const councils = { west: 'E06000062', north: 'E06000061' } as const;
export type Whose = keyof typeof councils;

/** The record, and the person, that is each council's in every table. */
const recordOf: Record<Whose, string> = { west: randomUUID(), north: randomUUID() };
const names = new Set(['record_id', 'person_id', 'other_person_id']);

interface Column {
  name: string;
  type: string;
  isNullable: boolean;
}

/** The columns of a table that a row has to be given. */
async function columnsOf(owner: Client, schema: string, table: string): Promise<Column[]> {
  const { rows } = await owner.query<Column>(
    `select column_name as name, udt_name as type, is_nullable = 'YES' as "isNullable" from information_schema.columns
     where table_schema = $1 and table_name = $2 and is_generated = 'NEVER' and is_identity = 'NO' order by ordinal_position`,
    [schema, table],
  );
  return rows;
}

let counted = 0;

const values: Record<string, (whose: Whose) => unknown> = {
  uuid: () => randomUUID(),
  text: (whose) => `${whose} ${(counted += 1)}`,
  int2: () => 1,
  int4: () => (counted += 1),
  int8: () => (counted += 1),
  bool: () => false,
  bytea: () => randomBytes(32),
  timestamptz: () => '2026-06-01T09:00:00Z',
  date: () => '2026-06-01',
  jsonb: () => '{}',
  _text: () => [],
  _uuid: (whose) => [recordOf[whose]],
};

function valueOf({ name, type, isNullable }: Column, whose: Whose): unknown {
  if (name === 'authority') return councils[whose];
  if (names.has(name) && type === 'uuid') return recordOf[whose];
  if (isNullable) return null;
  const make = values[type];
  if (!make) throw new Error(`nothing stands here for a column of the type ${type}`);
  return make(whose);
}

/** The statement that makes a row of a council's in this table, whatever else it says. */
export async function rowFor(owner: Client, at: { schema: string; table: string }, whose: Whose): Promise<{ text: string; values: unknown[] }> {
  const columns = await columnsOf(owner, at.schema, at.table);
  const places = columns.map((_, index) => `$${index + 1}`);
  return {
    text: `insert into ${at.schema}.${at.table} (${columns.map(({ name }) => `"${name}"`).join(', ')}) values (${places.join(', ')})`,
    // Nothing else here is restricted: what a restriction hides is tried elsewhere.
    values: columns.map((column) => (at.table === 'restriction' && column.name === 'record_id' ? randomUUID() : valueOf(column, whose))),
  };
}

/** Lets any value stand in a table: what is tried here is whose a row is, and not what it says. */
export async function loosen(owner: Client, { schema, table }: { schema: string; table: string }): Promise<void> {
  const { rows } = await owner.query(`select conname from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f')`, [`${schema}.${table}`]);
  for (const { conname } of rows) await owner.query(`alter table ${schema}.${table} drop constraint "${conname}"`);
}

export const recordOfWest = recordOf.west;
export const recordOfNorth = recordOf.north;
