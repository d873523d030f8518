import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stages } from '../servers/guard.ts';
import { type Home, projectFolder } from './home.ts';
import { writeWhole } from './secrets.ts';
import type { System } from './system.ts';

/** Loads the example extract through the import command, once per home; it draws its own progress. `signal` ends it. */
export async function loadExample(home: Home, system: System, signal: AbortSignal): Promise<'loaded' | 'was loaded' | 'failed'> {
  if (existsSync(home.loadedFile)) return 'was loaded';
  const child = spawn(process.execPath, [join('tools', 'import.ts'), join('examples', 'northamptonshire')], {
    cwd: projectFolder,
    env: { ...process.env, CASEWARD_HOME: home.folder },
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
  });
  if (child.pid) system.guard?.watch(child.pid, stages.site, 'SIGTERM');
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', resolve);
  });
  if (child.pid) system.guard?.forget(child.pid);
  if (status !== 0) return 'failed';
  writeWhole(home.loadedFile, `${new Date().toISOString()}\n`);
  return 'loaded';
}
