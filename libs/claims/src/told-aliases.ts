import type pg from 'pg';
import type { Finding } from '#libs/journal';
import { type PlacedContract, ToldTable } from '#libs/platform';

interface Different {
  personId: string;
  isLive: boolean;
  isTold: boolean;
}

const types = new Set(['safeguarding.person.joined.v1', 'safeguarding.person.separated.v1']);
const page = 500;

const tables = `
create temp table told (message_id text primary key, person_id uuid, into_id uuid, sequence int);
create temp table differing (person_id uuid primary key, live_into uuid, live_sequence int, is_told boolean);`;

/** The last word of all that was told and taken here. */
const right = `select distinct on (person_id) person_id, into_id, sequence from told join inbox using (message_id) order by person_id, sequence desc`;

const different = `
select person_id, live.into_id as live_into, live.sequence as live_sequence, word.person_id is not null as is_told
from alias live full join (${right}) word using (person_id)
where (live.into_id, live.sequence) is distinct from (word.into_id, word.sequence)`;

/** Who was joined into whom is what `people` told, as far as it was taken here; one that is not is made so. */
export class ToldAliases extends ToldTable {
  readonly name = 'aliases';
  protected readonly comparison = { tables, first: '', different, key: 'person_id' };

  protected async take(client: pg.Client, contracts: readonly PlacedContract[]): Promise<number> {
    const ours = contracts.filter(({ type }) => types.has(type));
    await client.query(`insert into told select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[])`, [
      ours.map(({ id }) => id), ours.map(({ subject }) => subject), ours.map(({ data }) => data['into'] ?? null), ours.map(({ sequence }) => sequence),
    ]);
    return ours.length;
  }

  protected async *findings(client: pg.Client): AsyncGenerator<Finding> {
    for await (const one of differing(client)) yield { what: whatOf(one), where: { table: 'alias', person: one.personId } };
  }

  /** What changed since it was looked at was taken from a message just now, and stays. */
  protected async mendAll(client: pg.Client): Promise<number> {
    await client.query('begin');
    await client.query(
      `delete from alias using differing where alias.person_id = differing.person_id
       and alias.sequence = differing.live_sequence and alias.into_id is not distinct from differing.live_into`,
    );
    await client.query(`insert into alias select person_id, word.into_id, word.sequence from (${right}) word join differing using (person_id) on conflict do nothing`);
    await client.query('commit');
    const { rows } = await client.query('select count(*) as mended from differing');
    return rows[0].mended as number;
  }
}

async function* differing(client: pg.Client): AsyncGenerator<Different> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await client.query<Different>(
      `select person_id as "personId", live_sequence is not null as "isLive", is_told as "isTold" from differing where person_id > $1 order by person_id limit ${page}`,
      [after],
    );
    yield* rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.personId;
  }
}

function whatOf({ isLive, isTold }: Different): string {
  if (!isLive) return 'somebody is not led on to the person whom they were joined into';
  return isTold ? 'somebody is led on to another person than was told' : 'somebody is led on, and nobody told of it';
}
