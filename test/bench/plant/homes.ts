import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from '../../../tools/servers/run.ts';
import { projectFolder } from '../../../tools/start/home.ts';
import { fileSystemOf } from '../machine.ts';

/** Others may pass through (the database's account must), not look. */
const mode = 0o711;
const freshName = 'caseward-bench-fresh-';
const shared = '/dev/shm';

/** Where every home of the bench lies: `CASEWARD_BENCH_HOME`, or `.caseward-bench` in the project. */
export const benchFolder = (name = process.env['CASEWARD_BENCH_HOME']): string => resolve(name || join(projectFolder, '.caseward-bench'));

/** The folder of a home that is kept from run to run. */
export function keptHome(name: string): string {
  const folder = join(benchFolder(), name);
  mkdirSync(folder, { recursive: true, mode });
  return folder;
}

/** A folder for a home that is removed again. */
export function freshHome(within = benchFolder()): string {
  mkdirSync(within, { recursive: true, mode });
  const folder = mkdtempSync(join(within, freshName));
  chmodSync(folder, mode);
  return folder;
}

/** Fresh homes that nobody has changed for a minute: those of a run that was killed. */
export function leftHomes(): string[] {
  const places = [benchFolder(), shared].filter((place) => existsSync(place));
  const found = places.flatMap((place) => readdirSync(place).filter((name) => name.startsWith(freshName)).map((name) => join(place, name)));
  return found.filter((folder) => statSync(folder).mtimeMs < Date.now() - 60_000);
}

/** Memory to put homes into, as a file system. */
export interface MemoryDisk {
  folder: string;
  /** How it came about, for whoever reads the figures. */
  says: string;
  letGo(): Promise<void>;
}

/** A home, and what is written into it while something is measured. */
const roomBytes = 4 * 2 ** 30;

/** The machine's shared memory where that has the room, which leaves nothing mounted; or else a tmpfs of our own. Throws where mounting is refused. */
export async function memoryDisk(): Promise<MemoryDisk> {
  if (fileSystemOf(shared).kind === 'tmpfs' && roomIn(shared) >= roomBytes) return { folder: shared, says: shared, letGo: async () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'caseward-bench-memory-'));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${roomBytes},mode=0${mode.toString(8)}`, 'tmpfs', folder]);
  if (!mounted.ok) {
    rmdirSync(folder);
    throw new Error(`${shared} is no tmpfs with ${roomBytes / 2 ** 30} GiB of room, and another could not be mounted (${mounted.output})`);
  }
  return {
    folder,
    says: 'a tmpfs of its own',
    async letGo() {
      await run('umount', ['-l', folder]);
      rmdirSync(folder);
    },
  };
}

function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
