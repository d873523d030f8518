import { setTimeout as pause } from 'node:timers/promises';
import { importing, inExtract, untilImported } from './extract.ts';
import type { Fault } from './fault.ts';

const rows = 2_000;

export const importKilled: Fault = {
  name: 'import killed at random moments, then run to its end',
  isQuick: false,
  async strike({ system, load, random, seed }) {
    system.meant.isImported = true;
    await inExtract({ rows, seed }, async (folder) => {
      for (let time = 0; time < 3; time += 1) {
        const { child, finished } = importing(system, folder);
        await Promise.race([finished, pause(500 + random.below(4_000))]);
        child.kill('SIGKILL');
        await finished;
      }
      // It ends when nothing is on its way any more, which is never so while people work.
      await load.finish();
      load.wrongs.push(...(await untilImported(importing(system, folder))));
    });
  },
};
