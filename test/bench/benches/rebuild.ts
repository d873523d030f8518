import { rebuilding } from '../../../tools/commands/rebuilding.ts';
import { OneByOne } from '../against/one-by-one.ts';
import { bench, ratioAtLeast } from '../bench.ts';
import type { BenchSystem } from '../plant/bench-system.ts';
import { withExample } from '../plant/example.ts';

interface Sizes {
  /** Records whose events are taken one by one in a round. */
  records: number;
  rounds: number;
}

/** The facts of the measures drawn up anew. */
export const rebuild = bench<Sizes>({
  name: 'rebuild',
  measures: 'the facts of the example from the contracts of every service, against one transaction an event',
  runs: 'always',
  sizes: { usual: { records: 1_500, rounds: 3 }, full: { records: 20_000, rounds: 5 } },
  async run(ground, { records, rounds }) {
    const system = await withExample(ground);
    const oneByOne = await OneByOne.open(system.ownerUrl);
    ground.onEnd(() => oneByOne.close());
    const events = await oneByOne.some(records, ground.seed);
    ground.note(`one by one: the ${events.length} events of ${records} records, since all of them would take minutes`);
    await ground.measure({
      what: 'facts from contracts',
      unit: 'events a second',
      ours: { name: 'Caseward', round: () => rebuildFacts(system) },
      against: { name: 'one transaction an event', round: () => system.alone([], () => oneByOne.take(events)) },
      goal: ratioAtLeast(10),
      rounds,
    });
  },
});

async function rebuildFacts(system: BenchSystem): Promise<number> {
  await system.settle();
  const startedAt = performance.now();
  const { events } = await rebuilding<{ events: number }>({ url: system.url('metrics'), headers: await system.headersOf() }, 'facts', () => undefined);
  return (events * 1_000) / (performance.now() - startedAt);
}
