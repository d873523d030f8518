import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Client } from 'pg';

const schemas = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'];
/** What a service does by itself: it notes who read what and why, how far its relay is, and seals the minute. */
const byItself = ['read_audit', 'reason', 'relay_state', 'seal'];

/** How many rows there are in every table of every service, once nothing comes any more of what was done before. */
export async function settledRows(databaseUrl: string): Promise<Record<string, number>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ table: string }>(
      `select table_schema || '.' || table_name as table from information_schema.tables where table_schema = any($1) and table_type = 'BASE TABLE' and not table_name = any($2) order by 1`,
      [schemas, byItself],
    );
    const counting = `select ${tables.map(({ table }) => `(select count(*)::int from ${table}) as "${table}"`).join(', ')}`;
    const counted = async (): Promise<Record<string, number>> => (await client.query<Record<string, number>>(counting)).rows[0]!;
    for (let [before, now] = [{}, await counted()]; ; [before, now] = [now, await counted()]) {
      if (isDeepStrictEqual(now, before) && Object.entries(now).every(([table, count]) => count === 0 || !table.endsWith('.outbox'))) return now;
      await pause(1_000);
    }
  } finally {
    await client.end();
  }
}
