import type { Queries } from '../database.js';
import type { PurposeKeys } from '../keys/vault.js';
import { readSeal, type Sealed } from './seal.js';

/** The table of seals, and the triggers that keep it and the audit of readings as the journal is kept. Run by SERVICE_migrate. */
export const sealTables = (service: string): string => `
create table seal (
  number bigint primary key check (number > 0),
  sealed_at timestamptz not null,
  line text not null
);
comment on table seal is 'What the journal and the audit tables held at one time, under a key that no database role can read; each seal also stands, as the same line, in a file outside the database.';

create or replace function refuse_change() returns trigger language plpgsql as $$
begin raise exception '% rows are never changed or removed', tg_table_name; end $$;
create trigger read_audit_is_kept before update or delete or truncate on read_audit execute function refuse_change();
create trigger seal_is_kept before update or delete or truncate on seal execute function refuse_change();

grant select, insert on seal to ${service}_maintain;
`;

interface Row {
  number: number;
  line: string;
}

/** Adds a seal to the table. */
export async function keepSeal(queries: Queries, { seal, line }: Sealed): Promise<void> {
  await queries.query(`insert into seal (number, sealed_at, line) values ($1, $2, $3)`, [seal.number, seal.sealedAt, line]);
}

export async function greatestNumber(queries: Queries): Promise<number> {
  const [row]: { number: number | null }[] = await queries.query(`select max(number) as number from seal`);
  return row!.number ?? 0;
}

/** The last seal of the table that is genuine. One that somebody changed could lead us past rows that were never sealed. */
export async function lastGenuine(queries: Queries, keys: PurposeKeys): Promise<Sealed | undefined> {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const [row]: Row[] = await queries.query(`select number, line from seal where number < $1 order by number desc limit 1`, [before]);
    if (!row) return undefined;
    const sealed = readSeal(keys, row.line);
    if (sealed) return sealed;
    before = row.number;
  }
}

const page = 20;

/** Every row of the table, in order. */
export async function* sealRows(queries: Queries): AsyncGenerator<Row> {
  for (let after = 0; ; ) {
    const rows: Row[] = await queries.query(`select number, line from seal where number > $1 order by number limit ${page}`, [after]);
    yield* rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.number;
  }
}
