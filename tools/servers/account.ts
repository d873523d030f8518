import { statSync } from 'node:fs';
import { type Account, run } from './run.ts';
import { StartError } from './supervisor.ts';

const accountName = 'caseward';
/** Where the account's programs and data go when it cannot reach the folder of the home. */
export const systemFolder = '/var/lib/caseward';

/**
 * The account under which PostgreSQL runs: our own, unless we are root, as whom it refuses. `initdb` looks its account
 * up by name, so a number alone will not do. Data that exists keeps its owner.
 */
export async function databaseAccount(dataFolder: string | undefined): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (dataFolder) {
    const { uid, gid } = statSync(dataFolder);
    if (uid !== 0) return { uid, gid };
  }
  return (await findAccount()) ?? makeAccount();
}

/** Whether the account may enter the folder. */
export async function canReach(account: Account | undefined, folder: string): Promise<boolean> {
  const { ok } = await run('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { account });
  return ok;
}

async function findAccount(): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', accountName]), run('id', ['-g', accountName])]);
  return uid.ok && gid.ok ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}

async function makeAccount(): Promise<Account> {
  const args = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', accountName];
  const made = await run('useradd', args, { env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` } });
  const account = await findAccount();
  if (account) return account;
  throw new StartError(`PostgreSQL does not run as root, and no account "${accountName}" could be made for it: ${made.output}\nStart as an ordinary user, or make that account, or set DATABASE_URL.`);
}
