import { setTimeout as pause } from 'node:timers/promises';
import type { FaultSystem } from '../plant/system.ts';
import { readStreams, untaken } from './broker.ts';
import { taking } from './carried.ts';
import { publishers, services } from './expected.ts';
import { readJournals } from './journals.ts';

const patienceMs = 120_000;

/** Waits until nothing is on its way any more, looked at past the services; says what still was when it took too long. */
export async function settle(system: FaultSystem): Promise<string | undefined> {
  let said = '';
  for (const end = performance.now() + patienceMs; performance.now() < end; await pause(300)) {
    said = await waiting(system).catch((error: unknown) => `could not be looked at: ${(error as Error).message}`);
    // Between one service's taking and its telling nothing may be seen for a moment.
    if (said !== '' || (await pause(150).then(() => waiting(system)).catch(() => '?')) !== '') continue;
    // What the broker says that it has delivered, and has not, the services look for themselves.
    said = await missing(system).catch((error: unknown) => `could not be looked at: ${(error as Error).message}`);
    if (said === '') return undefined;
  }
  return said;
}

/** What some service has not taken, though nothing is on its way. */
async function missing(system: FaultSystem): Promise<string> {
  const messages = await readStreams(system);
  const findings = await system.asOwner(async (client) => taking(client, await readJournals(client), messages));
  return findings.map(({ what }) => what).join(', ');
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
