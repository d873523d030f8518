import { Client } from 'pg';
import { makeDatabase } from '../../../tools/start/database.ts';
import type { BenchSystem } from './bench-system.ts';

const name = 'bench_plain';

/** A database of its own on the system's server, for what something is measured against: same server, same disk, same durability. Empty. */
export async function plainDatabase(system: BenchSystem): Promise<string> {
  await dropPlain(system);
  await makeDatabase(system.ownerUrl, name);
  const url = new URL(system.ownerUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function dropPlain(system: BenchSystem): Promise<void> {
  await system.asOwner((client) => client.query(`drop database if exists ${name} with (force)`));
}

/** Something done in a database. */
export async function inDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
