import { CommandError } from '../../tools/commands/failure.ts';
import type { Bench } from './bench.ts';
import { type Asked, BenchGround } from './ground.ts';
import { machineOf, ownVersions } from './machine.ts';
import { benchFolder } from './plant/homes.ts';
import { type BenchReport, isWell, type Report } from './tell.ts';

/** The benches that are meant: the named one, or the set. Throws where none is called so. */
export function chosen(benches: readonly Bench[], { name, isFull }: { name?: string | undefined; isFull: boolean }): Bench[] {
  if (name === undefined) return benches.filter(({ runs }) => runs === 'always' || (runs === 'full' && isFull));
  const found = benches.filter((one) => one.name === name);
  if (found.length === 0) throw new CommandError(`There is no bench called "${name}": ${benches.map((one) => one.name).join(', ')}.`);
  return found;
}

/** Runs benches one after another, each on ground of its own; what one could not do stops none of the others. */
export class BenchRun {
  readonly #asked: Asked;
  readonly #say: (line: string) => void;
  #ground: BenchGround | undefined;
  #isOver = false;

  constructor(asked: Asked, say: (line: string) => void) {
    this.#asked = asked;
    this.#say = say;
  }

  async run(these: readonly Bench[]): Promise<Report> {
    const { seed, isFull } = this.#asked;
    let [versions, machine] = [await ownVersions(), machineOf(benchFolder())];
    const benches: BenchReport[] = [];
    for (const bench of these) {
      if (this.#isOver) break;
      this.#say(`${bench.name}: ${bench.measures}`);
      const ground = new BenchGround(this.#asked, this.#say);
      this.#ground = ground;
      benches.push(await runOne(bench, ground));
      versions = { ...versions, ...ground.servers };
      machine = { ...machine, data: ground.disk ?? machine.data };
    }
    return { seed, full: isFull, machine, versions, benches, ok: isWell(benches) };
  }

  /** Takes away what runs just now, and begins nothing more. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#ground?.end();
  }
}

async function runOne({ name, measures, sizes, run }: Bench, ground: BenchGround): Promise<BenchReport> {
  const startedAt = performance.now();
  let failed: string | null = null;
  try {
    await run(ground, ground.isFull ? sizes.full : sizes.usual);
  } catch (error) {
    failed = (error as Error).message;
    ground.say(`not run to its end: ${error instanceof CommandError ? failed : ((error as Error).stack ?? failed)}`);
  } finally {
    await ground.end();
  }
  const { measured, notes } = ground;
  return { name, measures, measured, notes, seconds: (performance.now() - startedAt) / 1_000, failed };
}
