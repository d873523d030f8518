import { serviceNames } from '../../../tools/start/services.ts';
import type { FaultSystem } from '../plant/system.ts';
import { type Finding, wrong } from './finding.ts';

interface Line {
  check?: string;
  what?: string;
  where?: object;
  failed?: string;
}

/** What the system's own verifying says, service by service; `meant` are checks that a fault gave something to find. */
export async function verified(system: FaultSystem, meant: readonly string[]): Promise<Finding[]> {
  const found = await Promise.all(serviceNames.map(async (service) => {
    const reply = await fetch(`${system.url(service)}/internal/verify`);
    if (reply.status === 404) return [];
    if (reply.status !== 200) return [wrong(`verifying ${service}: ${reply.status}`)];
    const lines = (await reply.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
    const bad = lines.filter(({ check, what, failed }) => (what !== undefined || failed !== undefined) && !meant.includes(check ?? ''));
    return bad.slice(0, 20).map(({ check, what, where, failed }) => wrong(`${service}, ${check}: ${what ?? failed} ${JSON.stringify(where ?? {})}`));
  }));
  return found.flat();
}
