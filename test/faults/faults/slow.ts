import { setTimeout as pause } from 'node:timers/promises';
import { readProc } from '../../../tools/servers/guard.ts';
import { untakenBy } from '../oracle/broker.ts';
import type { Kept } from '../plant/kept.ts';
import { importing, inExtract, untilImported } from './extract.ts';
import type { Fault } from './fault.ts';

const mostGrowthKb = 60_000;
const leastWaiting = 2_000;
const rows = 6_000;
const slowMs = 3_000;
const floodMs = 60_000;

/** What a process holds in memory just now. */
const residentKb = ({ pid }: Kept): number => Number(/VmRSS:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1] ?? 0);

/** The measures take their time while people work and a whole extract comes in at once. */
export const slowConsumer: Fault = {
  name: 'slow consumer, with flat memory',
  isQuick: false,
  async strike({ system, load, seed }) {
    const { metrics } = system.services;
    system.meant.isImported = true;
    await inExtract({ rows, seed }, async (folder) => {
      metrics.tell({ slowMs });
      await load.untilDone(30, 10_000);
      const watched = [metrics, system.broker];
      const before = watched.map(residentKb);
      const flood = importing(system, folder);
      const growth = watched.map(() => 0);
      let most = 0;
      for (const end = performance.now() + floodMs; most < leastWaiting && performance.now() < end; await pause(500)) {
        most = Math.max(most, await untakenBy(system, 'metrics'));
        for (const [at, one] of watched.entries()) growth[at] = Math.max(growth[at]!, residentKb(one) - before[at]!);
      }
      metrics.tell({ slowMs: 0 });
      load.notes.push(`${most} messages waited for metrics; memory of metrics and broker grew by ${growth.join(' and ')} kB`);
      if (most < leastWaiting) load.wrongs.push(`no more than ${most} messages waited for a slow consumer`);
      if (growth.some((kb) => kb > mostGrowthKb)) load.wrongs.push(`memory grew by ${growth.join(' and ')} kB while a consumer was slow`);
      // The import ends when nothing is on its way any more, which is never so while people work.
      await load.finish();
      load.wrongs.push(...(await untilImported(flood)));
    });
  },
};
