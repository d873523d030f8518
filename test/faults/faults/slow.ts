import { readProc } from '../../../tools/servers/guard.ts';
import type { Kept } from '../plant/kept.ts';
import type { Fault } from './fault.ts';

const mostGrowthKb = 60_000;

/** What a process holds in memory just now. */
const residentKb = ({ pid }: Kept): number => Number(/VmRSS:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1] ?? 0);

export const slowConsumer: Fault = {
  name: 'slow consumer, with flat memory',
  isQuick: false,
  async strike({ system, load }) {
    const { metrics } = system.services;
    metrics.tell({ slowMs: 1_500 });
    await load.untilDone(100, 10_000);
    const watched = [metrics, system.broker];
    const before = watched.map(residentKb);
    await load.untilDone(400, 30_000);
    const growth = watched.map((one, at) => residentKb(one) - before[at]!);
    metrics.tell({ slowMs: 0 });
    if (growth.some((kb) => kb > mostGrowthKb)) load.wrongs.push(`memory grew by ${growth.join(' and ')} kB while a consumer was slow`);
  },
};
