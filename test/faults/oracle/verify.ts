import { setTimeout as pause } from 'node:timers/promises';
import { serviceNames } from '../../../tools/start/services.ts';
import type { FaultSystem } from '../plant/system.ts';
import { type Finding, wrong } from './finding.ts';

interface Line {
  check?: string;
  what?: string;
  where?: Record<string, unknown>;
  failed?: string;
}

/** Rows are sealed once a minute; until then a row whose time lies back, since the clock was moved, looks as if it had been left out. */
const sealedWithinMs = 90_000;

/** What the system's own verifying says, at the latest after the next seals, but for what a fault gave it to find. */
export async function verified(system: FaultSystem): Promise<Finding[]> {
  for (const end = performance.now() + sealedWithinMs; ; await pause(5_000)) {
    const found = await verify(system);
    if (performance.now() > end || !found.some(({ what }) => what.includes('have not been sealed'))) return found;
  }
}

async function verify(system: FaultSystem): Promise<Finding[]> {
  const isMeant = ({ where = {} }: Line): boolean => Object.values(where).some((value) => system.meant.isMessage(String(value)));
  const found = await Promise.all(serviceNames.map(async (service) => {
    const reply = await fetch(`${system.url(service)}/internal/verify`, { headers: await system.headersOf() });
    if (reply.status !== 200) return [wrong(`verifying ${service}: ${reply.status}`)];
    const lines = (await reply.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
    if (lines.length === 0) return [wrong(`verifying ${service}: nothing was looked at`)];
    const bad = lines.filter((line) => (line.what !== undefined || line.failed !== undefined) && !isMeant(line));
    return bad.slice(0, 20).map(({ check, what, where, failed }) => wrong(`${service}, ${check}: ${what ?? failed} ${JSON.stringify(where ?? {})}`));
  }));
  return found.flat();
}
