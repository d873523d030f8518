import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, readProc, stages } from './guard.ts';
import type { NatsServer } from './nats-server.ts';
import { advisorySubjects, healthStream } from '../../libs/messaging/src/topology.ts';
import { loopback } from './ports.ts';
import type { ChildSpec } from './supervisor.ts';

/** The broker user that makes streams and consumers; nothing that serves people signs in as it. */
export const setUpUser = 'set-up';

/** A service as the broker knows it. */
export interface BrokerUser {
  name: string;
  publishes: { stream: string; subjects: readonly string[] } | undefined;
  reads: { stream: string; durable: string }[];
}

export interface BrokerPlan {
  home: string;
  port: number;
  logFile: string;
  users: readonly BrokerUser[];
  /** By user name. */
  passwords: Record<string, string>;
}

/** Writes the configuration and says how the server is to be started. */
export async function prepareNats(server: NatsServer, plan: BrokerPlan): Promise<ChildSpec> {
  const folder = join(plan.home, 'nats');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const configFile = join(folder, 'nats.conf');
  await endLeftover(join(folder, 'nats.pid'), configFile);
  writeFileSync(configFile, brokerConfig(server, plan), { mode: 0o600 });
  return {
    name: 'nats',
    command: server.file,
    args: ['-c', configFile],
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    logFile: plan.logFile,
    stage: stages.broker,
    stopSignal: 'SIGTERM',
    isReady: () => hasJetStream(plan.port),
  };
}

/** The server's configuration: one account, a user per service with its own subjects and durables, one user that sets up. */
export function brokerConfig({ version: [major, minor] }: Pick<NatsServer, 'version'>, plan: BrokerPlan): string {
  // Older servers refuse to start when told to flush every message to disk.
  const canSync = major > 2 || (major === 2 && minor >= 10);
  const users = [
    `    { user: "${setUpUser}", password: "${passwordOf(plan, setUpUser)}" }`,
    ...plan.users.map((user) => userConfig(user, `"${passwordOf(plan, user.name)}"`)),
  ];
  return `server_name: caseward
listen: "${loopback}:${plan.port}"
pid_file: "${join(plan.home, 'nats', 'nats.pid')}"
max_payload: 1MB
jetstream {
  store_dir: "${join(plan.home, 'nats')}"
  max_memory_store: 64MB
  max_file_store: 80GB${canSync ? '\n  sync_interval: always' : ''}
}
accounts {
  CASEWARD {
    jetstream: enabled
    users: [
${users.join('\n')}
    ]
  }
}
`;
}

/** What a service may say and hear: whether the broker is well, its own events, its own durables and when the broker gives one of their messages up, the state of the streams it deals with, its own inbox. */
export function permissionsOf({ name, publishes, reads }: BrokerUser): { publish: string[]; subscribe: string[] } {
  const reading = reads.flatMap(({ stream, durable }) => [
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.STREAM.MSG.GET.${stream}`,
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ]);
  const telling = publishes ? [...publishes.subjects, ...['STREAM.INFO', 'STREAM.MSG.GET', 'DIRECT.GET'].map((call) => `$JS.API.${call}.${publishes.stream}`)] : [];
  const hearing = reads.flatMap(({ stream, durable }) => advisorySubjects(stream, durable));
  const checking = [healthStream.subjectOf(name), `$JS.API.STREAM.MSG.GET.${healthStream.name}`];
  return { publish: ['$JS.API.INFO', ...checking, ...telling, ...reading], subscribe: [`_INBOX_${name}.>`, ...hearing] };
}

/** A user's line in the configuration; the password as it is to stand there, quoted or the name of a variable. */
export function userConfig(user: BrokerUser, password: string): string {
  const { publish, subscribe } = permissionsOf(user);
  return `    { user: "${user.name}", password: ${password}, permissions: { publish: { allow: ${list(publish)} }, subscribe: { allow: ${list(subscribe)} } } }`;
}

function list(subjects: string[]): string {
  return `[${subjects.map((subject) => `"${subject}"`).join(', ')}]`;
}

function passwordOf(plan: BrokerPlan, user: string): string {
  const password = plan.passwords[user];
  if (!password) throw new Error(`no password for the broker user ${user}`);
  return password;
}

/** Two servers on one store would ruin it, and nothing but us prevents that. */
async function endLeftover(pidFile: string, configFile: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const isServer = (): boolean => pid > 1 && isAlive(pid) && readProc(pid, 'cmdline').includes(configFile);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (isServer()) process.kill(pid, signal);
    for (let waited = 0; isServer() && waited < 10_000; waited += 100) await sleep(100);
  }
  rmSync(pidFile, { force: true });
}

/** The server greets every connection with what it can do. */
async function hasJetStream(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: loopback, timeout: 1000 });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    let greeting = '';
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      greeting += data;
      if (greeting.includes('\n')) finish(greeting.includes('"jetstream":true'));
    });
    socket.on('error', () => finish(false));
    socket.on('timeout', () => finish(false));
  });
}
