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
const counting = [
  ...publishers.map((service) => `select 'in the outbox of ${service}' as what, count(*)::int as n from ${service}.outbox`),
  ...services.map((service) => `select 'parked in ${service}' as what, count(*)::int as n from ${service}.parked`),
].join(' union all ');

async function waiting(system: FaultSystem): Promise<string> {
  const { rows } = await system.asOwner((client) => client.query<{ what: string; n: number }>(counting));
  const kept = rows.filter(({ n }) => n > 0).map(({ n, what }) => `${n} ${what}`);
  const messages = await untaken(system);
  return [...kept, ...(messages > 0 ? [`${messages} messages to take`] : [])].join(', ');
}
