import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { run } from '../../tools/servers/run.ts';
import { projectFolder } from '../../tools/start/home.ts';

/** What was measured on. */
export interface Machine {
  cores: number;
  model: string;
  memoryBytes: number;
  kernel: string;
  /** Processes that wanted a processor over the minute before anything was measured: a quiet machine has next to none. */
  load: number;
  /** The file system on which the data lies: its kind, and where it is mounted. */
  data: string;
}

/** What was measured. */
export interface Versions {
  caseward: string;
  /** The revision of the project; null where its history is not there. */
  revision: string | null;
  node: string;
  postgres: string | null;
  nats: string | null;
}

export function machineOf(dataFolder: string): Machine {
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  return { cores: availableParallelism(), model, memoryBytes: totalmem(), kernel: `${type()} ${release()}`, load: loadavg()[0] ?? NaN, data: diskOf(dataFolder) };
}

/** The file system on which a folder lies, in words. */
export function diskOf(folder: string): string {
  const { kind, place } = fileSystemOf(folder);
  return `${kind} (${place})`;
}

/** Our own versions; the servers' are asked when the first of them runs. */
export async function ownVersions(): Promise<Versions> {
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string };
  return { caseward: version, revision: await revision(), node: process.versions.node, postgres: null, nats: null };
}

async function revision(): Promise<string | null> {
  if (!existsSync(join(projectFolder, '.git'))) return null;
  const [head, changes] = await Promise.all([run('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: projectFolder }), run('git', ['status', '--porcelain', '--untracked-files=no'], { cwd: projectFolder })]);
  if (!head.ok) return null;
  return changes.ok && changes.output !== '' ? `${head.output} with changes` : head.output;
}

/** The file system on which a folder lies. */
export function fileSystemOf(folder: string, mounts = readFileSync('/proc/self/mounts', 'utf8')): { kind: string; place: string } {
  const path = existsSync(folder) ? realpathSync(folder) : folder;
  let found = { kind: 'unknown', place: '/' };
  for (const line of mounts.split('\n')) {
    const [, place = '', kind = ''] = line.split(' ');
    // Mounted later is mounted over.
    if (place && place.length >= found.place.length && holds(place, path)) found = { kind, place };
  }
  return found;
}

const holds = (place: string, path: string): boolean => path === place || path.startsWith(place.endsWith('/') ? place : `${place}/`);
