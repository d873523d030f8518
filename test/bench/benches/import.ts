import { CopiedExtract } from '../against/copied-extract.ts';
import { bench, type Ground, ratioAtLeast } from '../bench.ts';
import type { BenchSystem } from '../plant/bench-system.ts';
import { exampleFolder, importExample } from '../plant/example.ts';
import { inDatabase, plainDatabase } from '../plant/plain-database.ts';
import { endedChildrenSeconds, processorByProgram } from '../plant/processes.ts';

interface Sizes {
  /** Each round of ours takes a fresh system and a minute or more. */
  rounds: number;
  warmUps: number;
}

/** The example extract until everything that follows from it is settled. */
export const importing = bench<Sizes>({
  name: 'import',
  measures: 'the example extract until it is settled, against copying the same bytes into plain tables and one statement for the facts',
  runs: 'always',
  sizes: { usual: { rounds: 1, warmUps: 0 }, full: { rounds: 5, warmUps: 1 } },
  async run(ground, { rounds, warmUps }) {
    const copied = await CopiedExtract.unpack(ground, exampleFolder);
    let system: BenchSystem | undefined;
    const spent: Spent[] = [];
    await ground.measure({
      what: 'the example taken',
      unit: 'rows a second',
      ours: {
        name: 'Caseward',
        round: async ({ number }) => {
          await system?.remove();
          system = await ground.system();
          const took = await importOnce(system);
          if (number > 0) spent.push(took);
          return took.rowsPerSecond;
        },
      },
      against: { name: 'copy and one insert', round: () => copyOnce(system!, copied) },
      goal: ratioAtLeast(0.02),
      rounds,
      warmUps,
    });
    for (const one of spent) noteRest(ground, one);
  },
});

interface Spent {
  rowsPerSecond: number;
  seconds: number;
  /** Processor seconds by program. */
  processor: [string, number][];
}

async function importOnce(system: BenchSystem): Promise<Spent> {
  await system.settle();
  const [before, commandBefore, startedAt] = [processorByProgram(system.processes), endedChildrenSeconds(), performance.now()];
  const { files } = await importExample(system);
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = processorByProgram(system.processes);
  const rows = Object.values(files).reduce((sum, { read }) => sum + read, 0);
  const processor = [...after].map(([name, time]): [string, number] => [name, time - (before.get(name) ?? 0)]);
  return { rowsPerSecond: rows / seconds, seconds, processor: [...processor, ['the command', endedChildrenSeconds() - commandBefore]] };
}

function copyOnce(system: BenchSystem, copied: CopiedExtract): Promise<number> {
  return system.alone([], async () =>
    inDatabase(await plainDatabase(system), async (client) => {
      await copied.prepare(client);
      const startedAt = performance.now();
      const rows = await copied.take(client);
      return (rows * 1_000) / (performance.now() - startedAt);
    }),
  );
}

/** Where the time went that copying does not take: whose processor time it was. */
function noteRest(ground: Ground, { seconds, processor }: Spent): void {
  const all = processor.reduce((sum, [, time]) => sum + time, 0);
  const shares = processor.filter(([, time]) => time >= all / 200).toSorted(([, one], [, other]) => other - one);
  ground.note(`of ${seconds.toFixed(1)} s, ${all.toFixed(1)} s of processor time: ${shares.map(([name, time]) => `${name} ${Math.round((100 * time) / all)} %`).join(', ')}`);
}
