import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Check, Finding, Looked } from '#libs/journal';
import { contractPages, type Mending, type Peer } from '#libs/platform';

export interface ToldAliasesParts {
  /** A connection of its own under the role that verifies and rebuilds. */
  connect: () => Promise<pg.Client>;
  /** Where `people` answers. */
  people: Peer | undefined;
  everyMs?: number;
}

interface Different {
  personId: string;
  isLive: boolean;
  isTold: boolean;
}

const types = new Set(['safeguarding.person.joined.v1', 'safeguarding.person.separated.v1']);
const page = 500;
/** What is being taken just now differs for a moment: a difference is one that stays for so many looks. */
const looks = 3;

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
export class ToldAliases implements Check, Mending {
  readonly name = 'aliases';

  constructor(private readonly parts: ToldAliasesParts) {}

  async *run(): AsyncGenerator<Finding, Looked> {
    const client = await this.parts.connect();
    try {
      const looked = await this.compare(client);
      for await (const one of differing(client)) yield { what: whatOf(one), where: { table: 'alias', person: one.personId } };
      return { looked };
    } finally {
      await client.end();
    }
  }

  async mend(): Promise<number> {
    const client = await this.parts.connect();
    try {
      await this.compare(client);
      return await mendAll(client);
    } finally {
      await client.end();
    }
  }

  /** Leaves in `differing` what stays different. Returns how much was told. */
  private async compare(client: pg.Client): Promise<number> {
    const { everyMs = 2_000 } = this.parts;
    await client.query(tables);
    let read = await this.read(client, { last: 0, told: 0 });
    let { rowCount } = await client.query(`insert into differing ${different}`);
    for (let look = 1; look < looks && rowCount! > 0; look += 1) {
      await pause(everyMs);
      read = await this.read(client, read);
      await client.query(`with now as (${different}) delete from differing where not exists (select from now where now.person_id = differing.person_id)`);
      ({ rowCount } = await client.query('select from differing limit 1'));
    }
    return read.told;
  }

  private async read(client: pg.Client, { last, told }: { last: number; told: number }): Promise<{ last: number; told: number }> {
    const { people } = this.parts;
    if (people === undefined) throw new Error('nobody has said where people answers');
    let read = { last, told };
    for await (const contracts of contractPages(people, last)) {
      const ours = contracts.filter(({ type }) => types.has(type));
      await client.query(`insert into told select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[])`, [
        ours.map(({ id }) => id), ours.map(({ subject }) => subject), ours.map(({ data }) => data['into'] ?? null), ours.map(({ sequence }) => sequence),
      ]);
      read = { last: contracts.at(-1)!.position, told: read.told + ours.length };
    }
    return read;
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

/** What changed since it was looked at was taken from a message just now, and stays. */
async function mendAll(client: pg.Client): Promise<number> {
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
