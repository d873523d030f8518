import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { canReach, databaseAccount } from './account.ts';
import { isAlive, readProc, stages } from './guard.ts';
import { loopback } from './ports.ts';
import { claimData, findDataFolder, makeDataFolder } from './postgres-data.ts';
import { placePrograms } from './postgres-programs.ts';
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
  // What fills our pages is encrypted or drawn at random: packing each took four times as long as writing it, and made none smaller.
  wal_compression: 'off',
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
  const existing = findDataFolder(plan);
  const account = await databaseAccount(existing);
  const programs = await placePrograms(account);
  const data = existing ?? (await makeDataFolder({ programs, account, plan }));
  if (!(await canReach(account, data))) throw new StartError(`The account that owns ${data} can no longer reach it: a folder above it has been closed. Open it again.`);
  claimData(data, plan);
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
