import type pg from 'pg';
import type { Finding } from '#libs/journal';
import { type PlacedContract, ToldTable } from '#libs/platform';

interface Different {
  recordId: string;
  isLive: boolean;
  isTold: boolean;
}

const types = new Set(['safeguarding.concern.imported.v1', 'safeguarding.dols-request.imported.v1']);
const page = 500;

const tables = `
create temp table told (message_id text primary key, record_id uuid, person_id uuid, authority text);
create temp table differing (record_id uuid primary key, live_person uuid, is_told boolean);`;

/** All that was told and taken here, less what was disposed of since, with its record or with its person. */
const right = `
select record_id, person_id, authority from told join inbox using (message_id)
where not exists (select from journal as gone where gone.record_id = told.person_id and gone.type = 'RecordLetGo' and gone.data ->> 'recordId' = told.record_id::text)
  and not exists (select from person where person.person_id = told.person_id and person.status = 'disposed')`;

const different = `
select record_id, live.person_id as live_person, word.record_id is not null as is_told
from imported_naming live full join (${right}) word using (record_id)
where (live.person_id, live.authority) is distinct from (word.person_id, word.authority)`;

/** Which records of an extract name whom is what `triage` and `dols` told, as far as it was taken here; what is not so is made so. */
export class ToldNamings extends ToldTable {
  readonly name = 'namings';
  protected readonly comparison = { tables, first: '', different, key: 'record_id' };

  protected async take(client: pg.Client, contracts: readonly PlacedContract[]): Promise<number> {
    const ours = contracts.filter(({ type, authority, data }) => types.has(type) && authority !== null && typeof data['personId'] === 'string');
    await client.query(`insert into told select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[])`, [
      ours.map(({ id }) => id), ours.map(({ subject }) => subject), ours.map(({ data }) => data['personId']), ours.map(({ authority }) => authority),
    ]);
    return ours.length;
  }

  protected async *findings(client: pg.Client): AsyncGenerator<Finding> {
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows } = await client.query<Different>(
        `select record_id as "recordId", live_person is not null as "isLive", is_told as "isTold" from differing where record_id > $1 order by record_id limit ${page}`,
        [after],
      );
      for (const one of rows) yield { what: whatOf(one), where: { table: 'imported_naming', record: one.recordId } };
      if (rows.length < page) return;
      after = rows.at(-1)!.recordId;
    }
  }

  /** What changed since it was looked at was taken from a message just now, and stays. */
  protected async mendAll(client: pg.Client): Promise<number> {
    await client.query('begin');
    await client.query(`delete from imported_naming using differing where imported_naming.record_id = differing.record_id and imported_naming.person_id = differing.live_person`);
    await client.query(`insert into imported_naming select record_id, person_id, authority from (${right}) word join differing using (record_id) on conflict do nothing`);
    await client.query('commit');
    const { rows } = await client.query('select count(*) as mended from differing');
    return rows[0].mended as number;
  }
}

function whatOf({ isLive, isTold }: Different): string {
  if (!isLive) return 'it is not kept whom a record of an extract names';
  return isTold ? 'a record of an extract is kept as naming another person, or for another council, than was told' : 'a record is kept as naming somebody, and nobody told of it, or it is gone';
}
