import type { Queries } from '../database.js';
import { idLength } from './key-ring.js';
import { sealLength } from './seal.js';
import type { Vault } from './vault.js';

/** The id under which a row's key is wrapped; empty where its key has none. */
const under = `case octet_length(wrapped) when ${idLength + sealLength + 32} then substring(wrapped from 1 for ${idLength}) else '' end`;

/** Keys that were put aside, and the triggers that keep whoever has not heard of it from wrapping with one. Run by SERVICE_migrate. */
export const retiredKeys = (service: string): string => `
create table retired_key (
  key_id bytea primary key check (octet_length(key_id) in (0, ${idLength})),
  retired_at timestamptz not null default now()
);
comment on table retired_key is 'A key of the service that wraps nothing any more; empty for the one that was made before keys had ids.';

create function refuse_retired_key() returns trigger language plpgsql as $$
begin
  if exists (select from wrapped_now join retired_key on key_id = ${under}) then
    raise exception 'a key that was put aside wraps nothing any more';
  end if;
  return null;
end $$;
create trigger record_key_made after insert on record_key referencing new table as wrapped_now for each statement execute function refuse_retired_key();
create trigger record_key_wrapped_anew after update on record_key referencing new table as wrapped_now for each statement execute function refuse_retired_key();

grant select on retired_key to ${service}_app;
grant select, insert on retired_key to ${service}_maintain;
grant update (wrapped) on record_key to ${service}_maintain;
`;

const page = 1_000;
const nil = '00000000-0000-0000-0000-000000000000';
const bytesOf = (id: string | null): Buffer => Buffer.from(id ?? '', 'hex');

interface Row {
  record_id: string;
  wrapped: Buffer;
}

/** What a page of keys came to. */
export interface Wrapped {
  wrapped: number;
  /** Those that no key of the service opens: somebody changed them. */
  unreadable: number;
}

/** The keys of all records of a service, under the role that reads every one. */
export class RecordKeys {
  constructor(
    private readonly queries: Queries,
    private readonly vault: Vault,
  ) {}

  /** Wraps under the first key whatever is under another, a page at a time, while everybody goes on; what was done stays done. */
  async *wrapAnew(): AsyncGenerator<Wrapped> {
    const [first] = this.vault.ids;
    for (let after = nil; ; ) {
      const rows: Row[] = await this.queries.query(
        `select record_id, wrapped from record_key where record_id > $1 and ${under} <> $2 order by record_id limit ${page}`,
        [after, bytesOf(first)],
      );
      const anew = rows.flatMap((row) => this.anew(row));
      await this.keep(anew);
      yield { wrapped: anew.length, unreadable: rows.length - anew.length };
      if (rows.length < page) return;
      after = rows.at(-1)!.record_id;
    }
  }

  /** How many are under each key; null for the one without an id. */
  async counts(): Promise<{ id: string | null; rows: number }[]> {
    const rows: { id: string; rows: number }[] = await this.queries.query(`select encode(${under}, 'hex') as id, count(*)::int as rows from record_key group by 1 order by 1`);
    return rows.map(({ id, rows: count }) => ({ id: id || null, rows: count }));
  }

  /** From now on nobody wraps with this key. Who did a moment ago may not have finished yet. */
  async retire(id: string | null): Promise<void> {
    await this.queries.query(`insert into retired_key (key_id) values ($1) on conflict do nothing`, [bytesOf(id)]);
  }

  private anew({ record_id: recordId, wrapped }: Row): (Row & { before: Buffer })[] {
    try {
      return [{ record_id: recordId, before: wrapped, wrapped: this.vault.wrappedAnew(recordId, wrapped) }];
    } catch {
      return [];
    }
  }

  /** A record that was disposed of meanwhile stays so. */
  private async keep(anew: (Row & { before: Buffer })[]): Promise<void> {
    if (anew.length === 0) return;
    await this.queries.query(
      `update record_key set wrapped = anew.wrapped from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as anew (record_id, before, wrapped)
       where record_key.record_id = anew.record_id and record_key.wrapped = anew.before`,
      [anew.map((one) => one.record_id), anew.map((one) => one.before), anew.map((one) => one.wrapped)],
    );
  }
}
