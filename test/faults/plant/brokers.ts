import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrokerAddress, setUpStreams } from '#libs/messaging';
import { findNatsServer } from '../../../tools/servers/nats-server.ts';
import { prepareNats, setUpUser } from '../../../tools/servers/nats.ts';
import { freePorts, loopback } from '../../../tools/servers/ports.ts';
import type { ChildSpec } from '../../../tools/servers/supervisor.ts';
import type { Home } from '../../../tools/start/home.ts';
import type { Secrets } from '../../../tools/start/secrets.ts';
import { brokerUsers, serviceNames } from '../../../tools/start/services.ts';

/** One server of the broker: where it listens, what it stores where, how it is started. */
export interface Broker {
  port: number;
  store: string;
  spec: ChildSpec;
}

const quiet = (): void => undefined;

/** One broker as `npm start` has it, or three that make up a cluster. */
export async function planBrokers(home: Home, secrets: Secrets, count: number): Promise<Broker[]> {
  const server = await findNatsServer(home.folder, quiet);
  const ports = await freePorts(2 * count);
  const passwords = Object.fromEntries([setUpUser, ...serviceNames].map((user) => [user, secrets(`broker-${user}`)]));
  const routes = ports.slice(count).map((port) => `nats://${loopback}:${port}`);
  const brokers: Broker[] = [];
  for (let at = 0; at < count; at += 1) {
    const name = at === 0 ? 'nats' : `nats-${at + 1}`;
    const folder = at === 0 ? home.folder : join(home.folder, name);
    const spec = await prepareNats(server, { home: folder, port: ports[at]!, logFile: home.logFile(name), users: brokerUsers, passwords });
    if (count > 1) makeMember(join(folder, 'nats', 'nats.conf'), { name, port: ports[count + at]!, routes });
    brokers.push({ port: ports[at]!, store: join(folder, 'nats', 'jetstream'), spec: { ...spec, name } });
  }
  return brokers;
}

function makeMember(file: string, { name, port, routes }: { name: string; port: number; routes: string[] }): void {
  const alone = readFileSync(file, 'utf8');
  const cluster = `cluster {\n  name: caseward\n  listen: "${loopback}:${port}"\n  routes: [${routes.map((route) => `"${route}"`).join(', ')}]\n}\n`;
  writeFileSync(file, alone.replace(/^server_name: .*$/m, `server_name: ${name}`) + cluster);
}

/** Makes the streams and consumers, as every start does; a cluster that has no leader yet is asked again. */
export async function makeStreams(login: BrokerAddress, replicas: number): Promise<void> {
  for (let left = 40; ; left -= 1) {
    try {
      return await setUpStreams(login, { maxBytes: 2 ** 30, replicas });
    } catch (error) {
      if (left === 0) throw error;
      await pause(250);
    }
  }
}
