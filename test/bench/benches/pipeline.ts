import { BareBroker } from '../against/bare-broker.ts';
import { Boss } from '../against/boss.ts';
import { addsAtMost, bench, type Ground, ratioAtLeast, ratioAtMost } from '../bench.ts';
import { ConcernForms } from '../load/concern-forms.ts';
import { FactWatch } from '../load/fact-watch.ts';
import { Following } from '../load/following.ts';
import { targetOf } from '../load/partner.ts';
import { post, type Posting, type Target } from '../load/posting.ts';
import type { BenchSystem } from '../plant/bench-system.ts';
import { plainDatabase } from '../plant/plain-database.ts';

interface Sizes {
  /** Concerns followed one by one in a round. */
  followed: number;
  /** How long concerns come at half the rate, in a round. */
  seconds: number;
  /** Concerns posted in a round of the whole way. */
  posted: number;
}

const atOnce = 32;

/** From an accepted concern to its fact, and how many events a second go the whole way. */
export const pipeline = bench<Sizes>({
  name: 'pipeline',
  measures: 'an accepted concern to its fact in metrics, unloaded against a bare publish and consume and at half the intake rate; events a second whole-way against pg-boss',
  runs: 'always',
  sizes: { usual: { followed: 120, seconds: 5, posted: 600 }, full: { followed: 1_000, seconds: 30, posted: 3_000 } },
  async run(ground, sizes) {
    const system = await ground.system();
    const line = await openLine(ground, system);
    await unloaded(ground, line, sizes);
    await atHalfRate(ground, line, sizes);
    await wholeWay(ground, line, sizes);
  },
});

interface Line {
  system: BenchSystem;
  forms: ConcernForms;
  following: Following;
}

async function openLine(ground: Ground, system: BenchSystem): Promise<Line> {
  const forms = new ConcernForms(ground.seed);
  const watch = new FactWatch(system.ownerUrl);
  await watch.open();
  ground.onEnd(() => watch.close());
  return { system, forms, following: new Following(system, watch, forms) };
}

async function unloaded(ground: Ground, { system, following }: Line, { followed }: Sizes): Promise<void> {
  const bare = await BareBroker.open(ground, system.brokerLogin);
  await ground.measure({
    what: 'accepted concern to its fact, nothing else going on, 99th percentile',
    unit: 'ms',
    ours: { name: 'Caseward', round: () => following.unloaded(followed) },
    against: { name: 'publish to consume on the same broker', round: () => bare.unloaded(followed) },
    goal: addsAtMost(30, 'ms'),
  });
}

async function atHalfRate(ground: Ground, { system, following, forms }: Line, { followed, seconds }: Sizes): Promise<void> {
  const { perSecond } = await post(await targetOf(system), { atOnce, seconds, body: () => forms.next() });
  await system.settle();
  const half = perSecond / 2;
  ground.note(`with everything running, ${perSecond.toFixed(0)} concerns a second are accepted from ${atOnce} at once; half of that is ${half.toFixed(0)}`);
  await ground.measure({
    what: 'accepted concern to its fact, at half the rate at which they are accepted, 99th percentile',
    unit: 'ms',
    ours: {
      name: 'at half the rate',
      round: async () => {
        const took = await following.atRate(half, seconds);
        await system.settle();
        return took;
      },
    },
    against: { name: 'nothing else going on', round: () => following.unloaded(followed) },
    goal: ratioAtMost(5),
  });
}

/**
 * Events a second, from the first post until every fact of the last concern is there. pg-boss does as many jobs a concern
 * as Caseward tells events of one, one after another, each in one transaction with its projection and the job after it.
 * A few go before on either side, since it stood still.
 */
async function wholeWay(ground: Ground, { system, forms }: Line, { posted }: Sizes): Promise<void> {
  const steps = await eventsOfOne(system, forms);
  ground.note(`a concern comes to ${steps} events that metrics takes, and to as many jobs of pg-boss`);
  const boss = await Boss.start(ground, { databaseUrl: await plainDatabase(system), steps });
  const some = (amount: number) => ({ atOnce, amount, body: () => forms.next() });
  const ours = async (): Promise<number> => {
    const target = await targetOf(system);
    await take(system, target, some(atOnce));
    const before = await eventsTaken(system);
    const seconds = await secondsOf(() => take(system, target, some(posted)));
    return ((await eventsTaken(system)) - before) / seconds;
  };
  const theirs = async (): Promise<number> => {
    await boss.take(some(atOnce));
    return (posted * steps) / (await secondsOf(() => boss.take(some(posted))));
  };
  await ground.measure({
    what: 'events whole-way, from the post to the projection',
    unit: 'events a second',
    ours: { name: 'Caseward', round: ours },
    against: { name: 'pg-boss', round: () => system.alone([], () => boss.during(theirs)) },
    goal: ratioAtLeast(1.5),
  });
}

/** Has concerns posted, and waits until all that follows from them has arrived. */
async function take(system: BenchSystem, target: Target, load: Posting): Promise<void> {
  await post(target, load);
  await system.settle();
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

const eventsTaken = (system: BenchSystem): Promise<number> => system.asOwner(async (client) => (await client.query<{ n: number }>('select count(*)::int as n from metrics.event')).rows[0]!.n);

async function eventsOfOne(system: BenchSystem, forms: ConcernForms): Promise<number> {
  const tried = 20;
  const before = await eventsTaken(system);
  await take(system, await targetOf(system), { atOnce: 2, amount: tried, body: () => forms.next() });
  return Math.max(1, Math.round(((await eventsTaken(system)) - before) / tried));
}
