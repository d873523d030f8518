/** The identity provider for trying out, as a process of its own: `PROVIDER_FILE` holds its plan. */
import { readFileSync } from 'node:fs';
import type { ProviderPlan } from './plan.ts';
import { whyNot } from './refuse.ts';

const plan = JSON.parse(readFileSync(process.env['PROVIDER_FILE']!, 'utf8')) as ProviderPlan;
const refusal = whyNot(plan, process.env);
if (refusal) {
  process.stderr.write(`${refusal}\n`);
  process.exit(78);
}
const { providerServer } = await import('./server.ts');
const { hostname, port } = new URL(plan.issuer);
const server = providerServer(plan, { home: process.env['CASEWARD_HOME_NAME'], pid: process.pid });
server.listen({ host: hostname, port: Number(port) });
const stop = (): void => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, stop);
