import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canReach, systemFolder } from './account.ts';
import type { PostgresPlan } from './postgres.ts';
import { type Account, run } from './run.ts';
import { StartError } from './supervisor.ts';

interface Making {
  programs: string;
  account: Account | undefined;
  plan: PostgresPlan;
}

/** The folder that holds this home's data already, in the home or where the database's account has its own. */
export function findDataFolder({ home, homeId }: Pick<PostgresPlan, 'home' | 'homeId'>): string | undefined {
  return [inHome(home), inSystem(homeId)].map((folder) => join(folder, 'data')).find((data) => existsSync(join(data, 'PG_VERSION')));
}

/** Makes sure that data which lies outside the home is this home's: a copied home would otherwise share its original's. */
export function claimData(data: string, { home }: PostgresPlan): void {
  const folder = dirname(data);
  if (!folder.startsWith(systemFolder)) return;
  const claim = join(folder, 'home');
  const claimed = existsSync(claim) ? readFileSync(claim, 'utf8') : home;
  if (claimed !== home && existsSync(join(claimed, 'secrets'))) {
    throw new StartError(`${home} is a copy of ${claimed}, and the database of both would be ${data}. Start on a home of its own: set CASEWARD_HOME to a new folder.`);
  }
  writeFileSync(claim, home);
}

/** Makes the data folder: in the home, unless the database's account cannot get there. */
export async function makeDataFolder(making: Making): Promise<string> {
  const { account, plan } = making;
  const folder = (await canReach(account, plan.home)) ? inHome(plan.home) : inSystem(plan.homeId);
  await makeData(folder, making);
  return join(folder, 'data');
}

const inHome = (home: string): string => join(home, 'postgres');
const inSystem = (homeId: string): string => join(systemFolder, 'homes', homeId);

async function makeData(folder: string, { programs, account, plan }: Making): Promise<void> {
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
