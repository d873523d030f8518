import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { million } from '../../oracle/million.ts';
import type { FaultSystem } from '../plant/system.ts';
import type { Fault } from './fault.ts';

const project = join(import.meta.dirname, '../../..');
const rows = 2_000;

function importing(system: FaultSystem, folder: string): ChildProcess {
  const env = { ...process.env, CASEWARD_HOME: system.home.folder };
  return spawn(process.execPath, ['tools/import.ts', folder, '--json'], { cwd: project, env, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Every row of the extract is there once the last run is over, whichever run brought it. */
function missing(said: string): string[] {
  const { files } = JSON.parse(said) as { files: Record<string, { read: number; imported: number; already_present: number }> };
  return Object.entries(files)
    .filter(([, { read, imported, already_present: present }]) => read !== imported + present)
    .map(([file, counts]) => `${file}: ${JSON.stringify(counts)}`);
}

export const importKilled: Fault = {
  name: 'import killed at random moments, then run to its end',
  isQuick: false,
  async strike({ system, load, random, seed }) {
    system.meant.isImported = true;
    const folder = mkdtempSync(join(tmpdir(), 'caseward-extract-'));
    try {
      await million(folder, { rows, seed });
      for (let time = 0; time < 3; time += 1) {
        const child = importing(system, folder);
        const gone = once(child, 'exit');
        await Promise.race([gone, pause(500 + random.below(4_000))]);
        child.kill('SIGKILL');
        await gone;
      }
      // It ends when nothing is on its way any more, which is never so while people work.
      await load.finish();
      const last = importing(system, folder);
      const [said, [status]] = await Promise.all([text(last.stdout!), once(last, 'exit')]);
      if (status === 0) load.wrongs.push(...missing(said));
      else load.wrongs.push(`the import ended with status ${status}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
