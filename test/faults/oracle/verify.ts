import { setTimeout as pause } from 'node:timers/promises';
import type { FaultSystem } from '../plant/system.ts';
import { type Service, services } from './expected.ts';
import { type Finding, wrong } from './finding.ts';

interface Line {
  check?: string;
  what?: string;
  where?: Record<string, unknown>;
  failed?: string;
}

/** Rows are sealed once a minute; until then a row whose time lies back, since the clock was moved, looks as if it had been left out. */
const sealedWithinMs = 90_000;
/** A machine under load lets a statement run out of time, and a service say that it is to be asked again. */
const patienceMs = 60_000;
const againMs = 5_000;

/** What the system's own verifying says, at the latest after the next seals, but for what a fault gave it to find. */
export async function verified(system: FaultSystem): Promise<Finding[]> {
  for (const end = performance.now() + sealedWithinMs; ; await pause(5_000)) {
    const found = await verify(system);
    if (performance.now() > end || !found.some(({ what }) => what.includes('have not been sealed'))) return found;
  }
}

async function verify(system: FaultSystem): Promise<Finding[]> {
  return (await Promise.all(services.map((service) => verifyService(system, service)))).flat();
}

/** Asked again where a check could not be done. */
async function verifyService(system: FaultSystem, service: Service): Promise<Finding[]> {
  let lines = await ask(system, service);
  for (const end = performance.now() + patienceMs; lines.some(({ failed }) => failed !== undefined) && performance.now() < end; ) lines = await pause(againMs).then(() => ask(system, service));
  if (lines.length === 0) return [wrong(`verifying ${service}: nothing was looked at`)];
  const isMeant = ({ where = {} }: Line): boolean => Object.values(where).some((value) => system.meant.isMessage(String(value)));
  const bad = lines.filter((line) => (line.what !== undefined || line.failed !== undefined) && !isMeant(line));
  return bad.slice(0, 20).map(({ check, what, where, failed }) =>
    wrong(failed === undefined ? `${service}, ${check}: ${what} ${JSON.stringify(where ?? {})}` : `${service}, ${check}: could not be done in ${patienceMs / 1_000} s, for ${failed}`),
  );
}

/** What a service says about itself, or why it could not be asked. */
async function ask(system: FaultSystem, service: Service): Promise<Line[]> {
  try {
    const reply = await fetch(`${system.url(service)}/internal/verify`, { headers: await system.headersOf() });
    if (reply.status !== 200) return [{ check: 'everything', failed: `the status ${reply.status}: ${await reply.text()}` }];
    return (await reply.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    return [{ check: 'everything', failed: `${name} ${cause?.code ?? ''}`.trim() }];
  }
}
