import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guard, guardScript } from '../tools/servers/guard.ts';
import { findNatsServer } from '../tools/servers/nats-server.ts';
import { brokerConfig, setUpUser } from '../tools/servers/nats.ts';
import { freePorts } from '../tools/servers/ports.ts';
import { databaseUrl, preparePostgres } from '../tools/servers/postgres.ts';
import { Supervisor } from '../tools/servers/supervisor.ts';
import { makeDatabase, prepareDatabase } from '../tools/start/database.ts';
import { brokerUsers, serviceNames } from '../tools/start/services.ts';
import { findContainers } from './containers.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

/** One database server and one broker program per run: those we are told of, containers, or the ones of `npm start`. */
export default async function serversUp() {
  const folder = mkdtempSync(join(tmpdir(), 'caseward-test-'));
  // The database's account must be able to enter.
  chmodSync(folder, 0o711);
  const guard = new Guard(join(folder, 'guard.pid'), '');
  const supervisor = new Supervisor(guard, say);
  globalThis.caseward = { folder, guard, supervisor, containers: [] };
  const containers = await findContainers();
  const [serverUrl] = await Promise.all([raiseDatabase({ folder, supervisor, containers }), raiseBroker({ folder, containers })]);
  await makeTemplate(serverUrl);
  process.env.TEST_GUARD = guardScript;
}

async function raiseDatabase({ folder, supervisor, containers }) {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  if (containers) return containers.postgres(globalThis.caseward.containers);
  const [port] = await freePorts(1);
  const plan = { home: folder, homeId: folder.split('/').at(-1), owner: 'caseward', password: 'test', port, logFile: join(folder, 'postgres.log') };
  await supervisor.start(await preparePostgres(plan));
  return databaseUrl(plan, 'postgres');
}

/** The database that every suite's own is a copy of: each service's schema and roles, no tables. */
async function makeTemplate(serverUrl) {
  const name = 'caseward_test_template';
  await makeDatabase(serverUrl, name);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await prepareDatabase(url.href, serviceNames, (role) => `test-${role}`);
  process.env.TEST_DATABASE_URL = serverUrl;
  process.env.TEST_DATABASE_TEMPLATE = name;
}

/** A broker is started by each suite, with the permissions of the real one; here only its program is found. */
async function raiseBroker({ folder, containers }) {
  if (process.env.TEST_NATS_URL) return;
  if (containers) {
    process.env.TEST_NATS_URL = await containers.nats(globalThis.caseward.containers);
    return;
  }
  const server = await findNatsServer(folder, say);
  const passwords = Object.fromEntries([setUpUser, ...serviceNames].map((user) => [user, `test-${user}`]));
  // The port is put in its place by each suite.
  const config = brokerConfig(server, { home: '{home}', port: '{port}', logFile: '', users: brokerUsers, passwords });
  process.env.TEST_NATS_CONFIG = join(folder, 'nats.conf');
  process.env.TEST_NATS_SERVER = server.file;
  writeFileSync(process.env.TEST_NATS_CONFIG, config);
}
