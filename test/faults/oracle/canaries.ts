import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { canaryMark } from '../load/load.ts';
import type { FaultSystem } from '../plant/system.ts';
import type { Message } from './broker.ts';
import { publishers, services } from './expected.ts';
import { type Finding, wrong } from './finding.ts';

/** No planted value, in whatever case, in a stream, a log, a trace, a metric, a dead letter or a journal. */
export async function canaries(system: FaultSystem, client: Client, messages: readonly Message[]): Promise<Finding[]> {
  const mark = new RegExp(canaryMark, 'i');
  const logs = readdirSync(join(system.home.folder, 'logs')).map((name) => [`the log ${name}`, readFileSync(join(system.home.folder, 'logs', name), 'utf8')] as const);
  const telemetry = system.collector.raw.splice(0);
  const tables = [...services.map((service) => `${service}.dead_letter`), ...publishers.map((service) => `${service}.journal`)];
  const rows: (readonly [string, string])[] = [];
  for (const table of tables) {
    const { rowCount } = await client.query(`select from ${table} where ${table.split('.')[1]}::text ilike $1 limit 1`, [`%${canaryMark}%`]);
    if (rowCount) rows.push([table, canaryMark]);
  }
  return [...logs, ['a stream', messages.map(({ text }) => text).join('\n')] as const, ['a trace or metric', telemetry.join('\n')] as const, ...rows]
    .filter(([, text]) => mark.test(text))
    .map(([where]) => wrong(`a planted value is in ${where}`));
}
