import { setTimeout as pause } from 'node:timers/promises';
import { middle } from '../spread.ts';
import type { BenchSystem } from './bench-system.ts';
import { proportionalMegabytes } from './processes.ts';

const everyMs = 2_000;
/** Ours to measure with, or gone again at once. */
const ignored = new Set(['guard', 'other']);

/** The proportional memory of each process of a system, looked at again and again. */
export class MemoryWatch {
  readonly #system: Pick<BenchSystem, 'processes'>;
  readonly #sums = new Map<string, number[]>();
  /** By program, the largest of its processes at each look, in megabytes. */
  readonly byProgram = new Map<string, number[]>();

  constructor(system: Pick<BenchSystem, 'processes'>) {
    this.#system = system;
  }

  /** Looks once. Throws where there is nothing to be seen: memory that is not known is not little. */
  look(): void {
    const seen = this.#system.processes.filter(({ name }) => !ignored.has(name)).map(({ name, pid }) => ({ name, megabytes: proportionalMegabytes(pid) }));
    // A session of the database may have ended between its being listed and its being looked at.
    const known = seen.filter(({ megabytes }) => !Number.isNaN(megabytes));
    if (known.length === 0) throw new Error('the memory of no process could be looked at (/proc/PID/smaps_rollup)');
    for (const [name, these] of Map.groupBy(known, (one) => one.name)) {
      const megabytes = these.map((one) => one.megabytes);
      add(this.byProgram, name, Math.max(...megabytes));
      add(this.#sums, name, megabytes.reduce((sum, one) => sum + one, 0));
    }
  }

  /** Looks every two seconds for as long as something goes on. */
  async during(work: () => Promise<void>): Promise<void> {
    let isOver = false;
    const working = work().finally(() => (isOver = true));
    const over = working.catch(() => undefined);
    while (!isOver) {
      this.look();
      await Promise.race([pause(everyMs, undefined, { ref: false }), over]);
    }
    await working;
  }

  /** The most that any process ever had. */
  get most(): number {
    return Math.max(...[...this.byProgram.values()].flat());
  }

  /** The most that all processes of a program ever had together. */
  mostOfAll(program: string): number {
    return Math.max(...(this.#sums.get(program) ?? [NaN]));
  }
}

/** How many times the last quarter of some looks is the second: the first is for getting going. */
export function growthOf(looks: readonly number[]): number {
  const quarter = Math.max(1, Math.floor(looks.length / 4));
  return middle(looks.slice(-quarter)) / middle(looks.slice(quarter, 2 * quarter).length > 0 ? looks.slice(quarter, 2 * quarter) : looks);
}

function add(to: Map<string, number[]>, name: string, value: number): void {
  const values = to.get(name) ?? [];
  values.push(value);
  to.set(name, values);
}
