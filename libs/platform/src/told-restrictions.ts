import type pg from 'pg';
import type { Finding } from '#libs/journal';
import type { PlacedContract } from './contract-pages.js';
import type { Follows } from './restrictions-told.js';
import { ToldTable, type ToldTableParts } from './told-table.js';

export interface ToldRestrictionsParts extends ToldTableParts {
  follows: Follows;
}

interface Different {
  recordId: string;
  named: string;
  kept: boolean;
  isLive: boolean;
  isTold: boolean;
}

const page = 500;
/** The kinds of record of which it is told whom they are open to. */
const kinds = ['concern', 'dols-request'];

const tables = `
create temp table told_names (message_id text primary key, record_id uuid, authority text, at timestamptz, names text[], sequence int);
create temp table told_glass (message_id text primary key, record_id uuid, authority text, at timestamptz, named text, until timestamptz);
create temp table told_kept (message_id text primary key, record_id uuid, authority text, at timestamptz, staff text[], kept boolean, sequence int);
create temp table differing (record_id uuid, named text, kept boolean, live jsonb, head int, is_told boolean, primary key (record_id, named, kept));`;

/** What the table should hold of all that was told and taken here. A glass of somebody who was named at times may be gone with their name (`was_named`). */
const right = `
said as (select told_names.* from told_names join inbox using (message_id)),
word as (select distinct on (record_id) * from said order by record_id, sequence desc),
broken as (
  select record_id, named, min(authority) as authority, max(at) as since, max(until) as until from told_glass join inbox using (message_id) group by record_id, named),
keeping as (
  select distinct on (record_id, named) record_id, named, authority, at, kept, sequence from told_kept join inbox using (message_id), unnest(staff) as named order by record_id, named, sequence desc),
expected as (
  select record_id, '' as named, authority, at as since, timestamptz '-infinity' as until, sequence, false as was_named, false as kept from word
  union all
  select record_id, unnest(names), authority, at, null, sequence, false, false from word
  union all
  select record_id, named, authority, at, case when not kept then timestamptz '-infinity' end, sequence, false, true from keeping
  union all
  select broken.*, 0, exists (select from said where said.record_id = broken.record_id and broken.named = any(said.names)), false from broken
  where not exists (select from word where word.record_id = broken.record_id and broken.named = any(word.names)))`;

/** The row of nobody keeps since when it is there, which is by what came first. */
const different = `
select record_id, named, kept, to_jsonb(live) as live, (select sequence from restriction head where head.record_id = differs.record_id and head.named = '') as head, told.authority is not null as is_told
from (
  select record_id, named, kept from restriction live full join expected told using (record_id, named, kept)
  where told.authority is null
     or live.authority is null and not told.was_named
     or (live.authority, live.sequence) is distinct from (told.authority, told.sequence) and live.authority is not null
     or live.authority is not null and not told.was_named and (live.until is distinct from told.until or named <> '' and live.since is distinct from told.since)
     or told.was_named and live.authority is not null and coalesce(live.until, 'infinity') > told.until
) differs left join restriction live using (record_id, named, kept) left join expected told using (record_id, named, kept)`;

/** To whom a record is open is what `triage` told of its concern, or `dols` of the request, as far as it was taken here; what is not so is made so. */
export class ToldRestrictions extends ToldTable {
  readonly name = 'restrictions';
  protected readonly comparison = { tables, first: right, different, key: 'record_id, named, kept' };

  constructor(private readonly parts: ToldRestrictionsParts) {
    super(parts);
  }

  protected async take(client: pg.Client, contracts: readonly PlacedContract[]): Promise<number> {
    const { follows } = this.parts;
    const rowsOf = (happened: string) =>
      contracts.filter(({ type }) => kinds.some((kind) => type === `safeguarding.${kind}.${happened}.v1`)).map(({ id, subject, authority, time, sequence, data: { openTo, by, until, staff, kept } }) => ({
        message_id: id, record_id: follows.recordIdOf(subject), authority, at: time, sequence, names: openTo, named: by, until, staff, kept,
      }));
    const [names, glass, kept] = [rowsOf('restricted'), rowsOf('glass-broken'), rowsOf('kept-from')];
    await client.query(`insert into told_names select * from jsonb_populate_recordset(null::told_names, $1::jsonb)`, [JSON.stringify(names)]);
    await client.query(`insert into told_glass select * from jsonb_populate_recordset(null::told_glass, $1::jsonb)`, [JSON.stringify(glass)]);
    await client.query(`insert into told_kept select * from jsonb_populate_recordset(null::told_kept, $1::jsonb)`, [JSON.stringify(kept)]);
    return names.length + glass.length + kept.length;
  }

  protected async *findings(client: pg.Client): AsyncGenerator<Finding> {
    for await (const one of differing(client)) yield { what: whatOf(one), where: { table: 'restriction', record: one.recordId } };
  }

  /** What changed since it was looked at was taken from a message just now, and stays. Nothing is taken meanwhile. */
  protected async mendAll(client: pg.Client): Promise<number> {
    await client.query('begin; lock table restriction in share row exclusive mode');
    await client.query(
      `delete from differing using (
         select differing.record_id, differing.named, differing.kept, to_jsonb(live) as live, head.sequence as head from differing
         left join restriction live using (record_id, named, kept) left join restriction head on head.record_id = differing.record_id and head.named = ''
       ) now where (now.record_id, now.named, now.kept) = (differing.record_id, differing.named, differing.kept) and (now.live, now.head) is distinct from (differing.live, differing.head)`,
    );
    await client.query(`delete from restriction using differing where (restriction.record_id, restriction.named, restriction.kept) = (differing.record_id, differing.named, differing.kept)`);
    await client.query(
      `with ${right} insert into restriction (record_id, named, authority, since, until, sequence, kept)
       select record_id, named, authority, since, until, sequence, kept from expected join differing using (record_id, named, kept)`,
    );
    const { rows } = await client.query('select count(distinct record_id) as mended from differing');
    await client.query('commit');
    return rows[0].mended as number;
  }
}

async function* differing(client: pg.Client): AsyncGenerator<Different> {
  for (let after: [string, string, boolean] = ['00000000-0000-0000-0000-000000000000', '', false]; ; ) {
    const { rows } = await client.query<Different>(
      `select record_id as "recordId", named, kept, live is not null as "isLive", is_told as "isTold" from differing where (record_id, named, kept) > ($1, $2, $3) order by record_id, named, kept limit ${page}`,
      after,
    );
    yield* rows;
    if (rows.length < page) return;
    const { recordId, named, kept } = rows.at(-1)!;
    after = [recordId, named, kept];
  }
}

function whatOf({ isLive, isTold }: Different): string {
  if (!isLive) return 'a restriction was told and is not kept whole';
  return isTold ? 'a restriction is kept otherwise than was told' : 'a record is kept as restricted, or as open to somebody, and nobody told of it';
}
