import { setTimeout as pause } from 'node:timers/promises';
import { findNatsServer } from '../../../tools/servers/nats-server.ts';
import { run } from '../../../tools/servers/run.ts';
import { projectFolder } from '../../../tools/start/home.ts';
import { atMost, bench, type Ground } from '../bench.ts';
import { ConcernForms } from '../load/concern-forms.ts';
import { targetOf } from '../load/partner.ts';
import { post } from '../load/posting.ts';
import type { BenchSystem } from '../plant/bench-system.ts';
import { withExample } from '../plant/example.ts';
import { benchFolder } from '../plant/homes.ts';
import { growthOf, MemoryWatch } from '../plant/memory-watch.ts';

interface Sizes {
  rounds: number;
  warmUps: number;
  /** How long the system is left alone before its memory is looked at. */
  restSeconds: number;
  /** Load that does not count: until the services have compiled what they do often, and the broker has filled the blocks that it writes and remembers as many ids as it will. */
  warmSeconds: number;
  loadSeconds: number;
  /** How much more a process may have at the end of the load than when it had got going; it is to be flat. */
  growth: number;
}

const readyWithin = 25;
const mostMegabytes = 250;

/** Starting, and what every process holds. */
export const start = bench<Sizes>({
  name: 'start',
  measures: 'npm start -- --empty until everything is healthy, on an empty home and on one that holds the example; the memory of each process at rest and under load',
  runs: 'always',
  // A minute is not enough to tell a leak from a cache that fills: ten are.
  sizes: { usual: { rounds: 2, warmUps: 0, restSeconds: 10, warmSeconds: 120, loadSeconds: 60, growth: 1.3 }, full: { rounds: 5, warmUps: 1, restSeconds: 60, warmSeconds: 120, loadSeconds: 600, growth: 1.1 } },
  async run(ground, sizes) {
    // Fetching a server is part of installing, not of starting.
    await findNatsServer(benchFolder(), (line) => ground.say(line));
    await onEmptyHome(ground, sizes);
    const system = await withExample(ground);
    await onFullHome(ground, system, sizes);
    const atRest = await memoryAtRest(ground, system, sizes);
    await system.stop();
    await memoryUnderLoad(ground, atRest, sizes);
  },
});

/** What `npm start -- --empty` does: the build, and then the start. In seconds. */
async function startByNpm(system: BenchSystem): Promise<number> {
  const startedAt = performance.now();
  const built = await run('npm', ['run', '-s', 'build'], { cwd: projectFolder });
  if (!built.ok) throw new Error(`the build failed: ${built.output}`);
  await system.start();
  return (performance.now() - startedAt) / 1_000;
}

async function onEmptyHome(ground: Ground, { rounds, warmUps }: Sizes): Promise<void> {
  await ground.measure({
    what: 'until everything is healthy, on an empty home',
    unit: 's',
    ours: {
      name: 'npm start -- --empty',
      round: async () => {
        const system = await ground.system({ isStarted: false });
        const seconds = await startByNpm(system);
        await system.remove();
        return seconds;
      },
    },
    goal: atMost(readyWithin, 's'),
    rounds,
    warmUps,
  });
}

async function onFullHome(ground: Ground, system: BenchSystem, { rounds, warmUps }: Sizes): Promise<void> {
  await ground.measure({
    what: 'until everything is healthy, on a home that holds the example',
    unit: 's',
    ours: {
      name: 'npm start -- --empty',
      round: async () => {
        await system.stop();
        return startByNpm(system);
      },
    },
    goal: atMost(readyWithin, 's'),
    rounds,
    warmUps,
  });
}

const once = { rounds: 1, warmUps: 0 };

async function memoryAtRest(ground: Ground, system: BenchSystem, { restSeconds }: Sizes): Promise<MemoryWatch> {
  await system.settle();
  const watch = new MemoryWatch(system);
  await ground.measure({
    what: 'most proportional memory of a process at rest, holding the example',
    unit: 'MB',
    ours: { name: 'Caseward', round: async () => (await pause(restSeconds * 1_000), watch.look(), watch.most) },
    goal: atMost(mostMegabytes, 'MB'),
    ...once,
  });
  return watch;
}

/** On a home of its own: what is kept for the next run is not to grow with every run. */
async function memoryUnderLoad(ground: Ground, atRest: MemoryWatch, { warmSeconds, loadSeconds, growth }: Sizes): Promise<void> {
  const system = await ground.system();
  await loadFor(system, ground.seed + 1, warmSeconds);
  const watch = new MemoryWatch(system);
  await ground.measure({
    what: `most proportional memory of a process, over ${loadSeconds} s of load after ${warmSeconds} s`,
    unit: 'MB',
    ours: { name: 'Caseward', round: async () => (await watch.during(() => loadFor(system, ground.seed, loadSeconds)), watch.most) },
    goal: atMost(mostMegabytes, 'MB'),
    ...once,
  });
  await ground.measure({
    what: 'memory at the end of the load against that after its first quarter, of whichever process grew most',
    unit: 'times',
    ours: { name: 'Caseward', round: async () => growths(watch)[0]!.growth },
    goal: atMost(growth, 'times'),
    ...once,
  });
  ground.note(`how each grew: ${growths(watch).map(({ name, growth }) => `${name} ${growth.toFixed(2)}`).join(', ')}`);
  noteEach(ground, atRest, watch);
}

/** The one that grew most first. Without PostgreSQL: the buffers that its sessions share fill up to what they were given. */
const growths = ({ byProgram }: MemoryWatch): { name: string; growth: number }[] =>
  [...byProgram].filter(([name]) => name !== 'postgres').map(([name, megabytes]) => ({ name, growth: growthOf(megabytes) })).toSorted((one, other) => other.growth - one.growth);

/** Concerns, eight at once, as fast as they are taken; in stretches, since tokens end. */
async function loadFor(system: BenchSystem, seed: number, seconds: number): Promise<void> {
  const forms = new ConcernForms(seed);
  const stretch = Math.min(20, seconds);
  for (let left = seconds; left > 0; left -= stretch) await post(await targetOf(system), { atOnce: 8, seconds: stretch, body: () => forms.next() });
}

function noteEach(ground: Ground, atRest: MemoryWatch, loaded: MemoryWatch): void {
  const each = [...loaded.byProgram].map(([name, megabytes]) => `${name} ${atRest.byProgram.get(name)?.at(-1)?.toFixed(0) ?? '–'}, ${Math.max(...megabytes).toFixed(0)}`);
  ground.note(`megabytes at rest, and at most under load; of PostgreSQL its largest session: ${each.join('; ')}`);
  ground.note(`PostgreSQL with all its sessions, at most: ${loaded.mostOfAll('postgres').toFixed(0)} MB`);
}
