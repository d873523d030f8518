import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Client } from 'pg';
import { fromSetUp } from './environment.js';
import { OwnServer } from './own-server.js';

export interface Login {
  user: string;
  password: string;
}

export interface TestBroker {
  url: string;
  /** How a service signs in, with the permissions it really has; `set-up` may do everything. */
  login(user: string): Login;
  /** The folder that holds everything it keeps; empty for a broker that is not ours. */
  store: string;
  /** Takes the broker away, as a crash would. What it acknowledged stays. */
  kill(): Promise<void>;
  /** Brings it back at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A broker with JetStream and no streams, for this suite alone. */
export async function testBroker(): Promise<TestBroker> {
  return process.env['TEST_NATS_URL'] ? sharedBroker(process.env['TEST_NATS_URL']) : ownBroker();
}

async function ownBroker(): Promise<TestBroker> {
  const server = await OwnServer.start(fromSetUp('TEST_NATS_SERVER'), fromSetUp('TEST_NATS_CONFIG'));
  return {
    url: server.url,
    store: server.store,
    login: (user) => ({ user, password: `test-${user}` }),
    kill: () => server.kill(),
    start: () => server.start(),
    close: () => server.close(),
  };
}

/** The broker we were told of serves one suite at a time, in which it is emptied first. */
async function sharedBroker(address: string): Promise<TestBroker> {
  const turn = await takeTurn();
  const { host, username, password } = new URL(address);
  const url = `nats://${host}`;
  const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  const connection = await connect({ servers: url, ...(login.user ? { user: login.user, pass: login.password } : {}) });
  const manager = await jetstreamManager(connection);
  for await (const stream of manager.streams.names()) await manager.streams.delete(stream);
  await connection.close();
  return { url, store: '', login: () => login, kill: refuse, start: refuse, close: () => turn.end() };
}

async function refuse(): Promise<void> {
  throw new Error('A broker that is not ours cannot be taken away: unset TEST_NATS_URL for this suite.');
}

/** A lock that goes with its connection, so a suite that dies holds nobody up. */
async function takeTurn(): Promise<Client> {
  const client = new Client({ connectionString: fromSetUp('TEST_DATABASE_URL') });
  await client.connect();
  await client.query("select pg_advisory_lock(hashtext('caseward test broker'))");
  return client;
}
