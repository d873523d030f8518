import { findNatsServer } from '../servers/nats-server.ts';
import { prepareNats, setUpUser } from '../servers/nats.ts';
import { freePorts, loopback } from '../servers/ports.ts';
import { databaseUrl, preparePostgres } from '../servers/postgres.ts';
import type { Supervisor } from '../servers/supervisor.ts';
import { makeDatabase } from './database.ts';
import type { Home } from './home.ts';
import type { Secrets } from './secrets.ts';
import { brokerUsers, serviceNames } from './services.ts';

export interface Login {
  user: string;
  password: string;
}

/** Where the database and the broker are, our own or those we were given. */
export interface Infrastructure {
  ownerUrl: string;
  natsUrl: string;
  /** How a service, or `set-up`, signs in to the broker. */
  brokerLogin(user: string): Login;
}

export interface Ground {
  home: Home;
  secrets: Secrets;
  supervisor: Supervisor;
  say(line: string): void;
}

/** Brings up the database and the broker side by side, unless the environment names others. */
export async function raiseInfrastructure(ground: Ground, env = process.env): Promise<Infrastructure> {
  const [database, broker] = await Promise.all([raiseDatabase(ground, env['DATABASE_URL']), raiseBroker(ground, env['NATS_URL'])]);
  return { ownerUrl: database, ...broker };
}

async function raiseDatabase({ home, secrets, supervisor, say }: Ground, given: string | undefined): Promise<string> {
  if (given) {
    say(`Using the database at ${new URL(given).host}.`);
    return given;
  }
  const [port = 0] = await freePorts(1);
  const plan = { home: home.folder, homeId: secrets('home-id').slice(0, 16), owner: 'caseward', password: secrets('postgres-owner'), port, logFile: home.logFile('postgres') };
  await supervisor.start(await preparePostgres(plan));
  await makeDatabase(databaseUrl(plan, 'postgres'), 'caseward');
  return databaseUrl(plan, 'caseward');
}

async function raiseBroker({ home, secrets, supervisor, say }: Ground, given: string | undefined): Promise<Omit<Infrastructure, 'ownerUrl'>> {
  if (given) {
    const url = new URL(given);
    say(`Using the broker at ${url.host}.`);
    const login = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
    return { natsUrl: `nats://${url.host}`, brokerLogin: () => login };
  }
  const server = await findNatsServer(home.folder, say);
  const [port = 0] = await freePorts(1);
  const brokerLogin = (user: string): Login => ({ user, password: secrets(`broker-${user}`) });
  const passwords = Object.fromEntries([setUpUser, ...serviceNames].map((user) => [user, brokerLogin(user).password]));
  await supervisor.start(await prepareNats(server, { home: home.folder, port, logFile: home.logFile('nats'), users: brokerUsers, passwords }));
  return { natsUrl: `nats://${loopback}:${port}`, brokerLogin };
}
