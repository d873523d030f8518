import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { million } from '../../oracle/million.ts';
import type { FaultSystem } from '../plant/system.ts';

const project = join(import.meta.dirname, '../../..');

/** Something done with an extract of invented people in a folder of its own. */
export async function inExtract(size: { rows: number; seed: number }, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'caseward-extract-'));
  try {
    await million(folder, size);
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Importing {
  child: ChildProcess;
  finished: Promise<{ status: number | null; said: string }>;
}

/** The command that imports an extract, on this system. */
export function importing(system: FaultSystem, folder: string): Importing {
  const env = { ...process.env, CASEWARD_HOME: system.home.folder };
  const child = spawn(process.execPath, ['tools/import.ts', folder, '--json'], { cwd: project, env, stdio: ['ignore', 'pipe', 'ignore'] });
  const finished = Promise.all([text(child.stdout!), once(child, 'exit')]).then(([said, [status]]) => ({ said, status: status as number | null }));
  return { child, finished };
}

/** Waits for its end; says which rows are not there then, whichever run should have brought them. */
export async function untilImported({ finished }: Importing): Promise<string[]> {
  const { said, status } = await finished;
  if (status !== 0) return [`the import ended with status ${status}`];
  const { files } = JSON.parse(said) as { files: Record<string, { read: number; imported: number; already_present: number }> };
  return Object.entries(files)
    .filter(([, { read, imported, already_present: present }]) => read !== imported + present)
    .map(([file, counts]) => `${file}: ${JSON.stringify(counts)}`);
}
