import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Client } from 'pg';

/** The tables in which one of these texts can be read by whoever owns the database, as it is or as bytes. */
export async function legibleToItsOwner(databaseUrl: string, texts: readonly string[]): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ table: string }>(
      `select format('%I.%I', nspname, relname) as table from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where relkind in ('r', 'p') and nspname not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const found: string[] = [];
    const wanted = texts.flatMap((text) => [text, Buffer.from(text).toString('hex')]);
    for (const { table } of tables) {
      const { rowCount } = await client.query(`select from ${table} as one where exists (select from unnest($1::text[]) as wanted where position(wanted in one::text) > 0) limit 1`, [wanted]);
      if (rowCount) found.push(table.replaceAll('"', ''));
    }
    return found;
  } finally {
    await client.end();
  }
}

/** The files of a home in which one of these texts can be read, whatever the file is. */
export function legibleOnDisk(home: string, texts: readonly string[]): string[] {
  const isLegible = (file: string): boolean => {
    const content = unlessGone(() => readFileSync(file), Buffer.alloc(0));
    return texts.some((text) => content.includes(text));
  };
  return filesIn(home).filter(isLegible).map((file) => relative(home, file));
}

const filesIn = (folder: string): string[] =>
  unlessGone(() => readdirSync(folder, { withFileTypes: true }), []).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
  });

/** The system goes on meanwhile, and files come and go. */
function unlessGone<Read>(read: () => Read, otherwise: Read): Read {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw error;
  }
}
