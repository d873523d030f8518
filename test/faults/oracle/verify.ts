import { serviceNames } from '../../../tools/start/services.ts';
import type { FaultSystem } from '../plant/system.ts';
import { type Finding, wrong } from './finding.ts';

interface Line {
  check?: string;
  what?: string;
  where?: Record<string, unknown>;
  failed?: string;
}

/** What the system's own verifying says, service by service, but for what a fault gave it to find. */
export async function verified(system: FaultSystem): Promise<Finding[]> {
  const isMeant = ({ where = {} }: Line): boolean => Object.values(where).some((value) => system.meant.isMessage(String(value)));
  const found = await Promise.all(serviceNames.map(async (service) => {
    const reply = await fetch(`${system.url(service)}/internal/verify`);
    if (reply.status !== 200) return [wrong(`verifying ${service}: ${reply.status}`)];
    const lines = (await reply.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
    if (lines.length === 0) return [wrong(`verifying ${service}: nothing was looked at`)];
    const bad = lines.filter((line) => (line.what !== undefined || line.failed !== undefined) && !isMeant(line));
    return bad.slice(0, 20).map(({ check, what, where, failed }) => wrong(`${service}, ${check}: ${what ?? failed} ${JSON.stringify(where ?? {})}`));
  }));
  return found.flat();
}
