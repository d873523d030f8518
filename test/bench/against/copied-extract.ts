import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { extractFolder, open } from '../../../tools/commands/extract-folder.ts';
import type { Ground } from '../bench.ts';

/** What measures need of a case, typed and joined with what is known of the person; under the keys and indexes by which they would be asked. */
const facts = `
create table fact (
  kind text not null, ref text not null, authority text not null, received_at timestamptz not null, decided_at timestamptz, outcome text,
  person_ref text, age int, gender text, ethnicity text, primary_support_reason text, local_area text,
  primary key (kind, ref)
);
create index on fact (kind, received_at);
create index on fact (kind, decided_at);
`;

const age = (at: string): string => `case when date_of_birth ~ '^\\d{4}' then left(${at}, 4)::int - left(date_of_birth, 4)::int end`;
const characteristics = 'gender, ethnicity, primary_support_reason, local_area';

const insertFacts = `
insert into fact
select 'concern', concern_ref, authority, received_at::timestamptz, triaged_at::timestamptz, triage_outcome, person_ref, ${age('received_at')}, ${characteristics}
  from concerns left join people using (person_ref)
union all
select 'enquiry', enquiry_ref, authority, opened_at::timestamptz, concluded_at::timestamptz, risk_outcome, person_ref, ${age('opened_at')}, ${characteristics}
  from enquiries join concerns using (concern_ref) left join people using (person_ref)
union all
select 'dols', application_ref, authority, received_at::timestamptz, decided_at::timestamptz, outcome, person_ref, ${age('received_at')}, ${characteristics}
  from dols left join people using (person_ref)
`;

interface Table {
  name: string;
  file: string;
  columns: string[];
}

/**
 * The least that taking an extract can be: each file copied as it is into a table of texts under the key of its first
 * column, by the server itself, and one statement for the facts. Nothing is checked, encrypted, matched or told.
 */
export class CopiedExtract {
  readonly #tables: Table[];

  private constructor(tables: Table[]) {
    this.#tables = tables;
  }

  /** Unpacks the files to where the server can read them. */
  static async unpack(ground: Ground, folder: string): Promise<CopiedExtract> {
    const to = await mkdtemp(join(tmpdir(), 'caseward-bench-extract-'));
    ground.onEnd(() => rm(to, { recursive: true, force: true }));
    await chmod(to, 0o755);
    const tables: Table[] = [];
    for (const one of await extractFolder(folder)) {
      const file = join(to, basename(one.path, '.gz'));
      await pipeline(open(one, () => undefined), createWriteStream(file));
      await chmod(file, 0o644);
      tables.push({ name: one.file, file, columns: headerOf(await readFile(file, 'utf8')) });
    }
    return new CopiedExtract(tables);
  }

  /** Empty tables. */
  async prepare(client: Client): Promise<void> {
    for (const { name, columns } of this.#tables) {
      const [key = '', ...others] = columns.map((column) => client.escapeIdentifier(column));
      await client.query(`drop table if exists ${name}`);
      await client.query(`create table ${name} (${key} text primary key, ${others.map((column) => `${column} text`).join(', ')})`);
    }
    await client.query(`drop table if exists fact; ${facts}`);
  }

  /** Copies every file and makes the facts. Returns how many rows were copied. */
  async take(client: Client): Promise<number> {
    let rows = 0;
    for (const { name, file } of this.#tables) {
      const { rowCount } = await client.query(`copy ${name} from ${client.escapeLiteral(file)} with (format csv, header true)`);
      rows += rowCount ?? 0;
    }
    await client.query(insertFacts);
    return rows;
  }
}

const headerOf = (text: string): string[] => text.slice(0, text.indexOf('\n')).replace(/^\uFEFF/, '').trim().split(',');
