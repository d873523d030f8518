import { setTimeout as pause } from 'node:timers/promises';
import type { FaultSystem } from '../plant/system.ts';
import { untaken } from './broker.ts';
import { publishers, services } from './expected.ts';

const patienceMs = 120_000;

/** Waits until nothing is on its way any more, looked at past the services; says what still was when it took too long. */
export async function settle(system: FaultSystem): Promise<string | undefined> {
  let said = '';
  for (const end = performance.now() + patienceMs; performance.now() < end; await pause(300)) {
    said = await waiting(system).catch((error: unknown) => `could not be looked at: ${(error as Error).message}`);
    // Between one service's taking and its telling nothing may be seen for a moment.
    if (said === '' && (await pause(150).then(() => waiting(system)).catch(() => '?')) === '') return undefined;
  }
  return said;
}

/** What lies in a table until it has been seen to. */
const tables = [
  ...publishers.map((service) => ({ table: `${service}.outbox`, what: `in the outbox of ${service}` })),
  ...services.map((service) => ({ table: `${service}.parked`, what: `parked in ${service}` })),
];

async function waiting(system: FaultSystem): Promise<string> {
  const kept = await system.asOwner(async (client) => {
    const counts: string[] = [];
    for (const { table, what } of tables) {
      const { rows } = await client.query(`select count(*)::int as n from ${table}`);
      if (rows[0].n > 0) counts.push(`${rows[0].n} ${what}`);
    }
    return counts;
  });
  const messages = await untaken(system);
  return [...kept, ...(messages > 0 ? [`${messages} messages to take`] : [])].join(', ');
}
