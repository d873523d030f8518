import { setTimeout as pause } from 'node:timers/promises';
import { bench, type Ground, ratioAtLeast, type Side } from '../bench.ts';
import { ConcernForms } from '../load/concern-forms.ts';
import { post, type Posting } from '../load/posting.ts';
import type { BenchSystem } from '../plant/bench-system.ts';
import { plainDatabase } from '../plant/plain-database.ts';
import { Program } from '../plant/program.ts';
import { targetOf } from '../load/partner.ts';
import { keptOfOne } from './kept-of-one.ts';

export interface Sizes {
  atOnce: number;
  seconds: number;
}

const mustReach = { disk: 0.6, tmpfs: 0.35 } as const;

/**
 * Both sides get the same share of the processor: each is one Node process with a pool of ten connections and the one
 * PostgreSQL, and stands still while the other is measured, as do all other services throughout; the broker is there
 * for Caseward's relay. What follows a concern elsewhere is measured by `pipeline`. Whoever posts is a process apart.
 */
export const intake = bench<Sizes>({
  name: 'intake',
  measures: 'concerns posted over HTTP, 32 at once, with token, validated, encrypted, journalled and audited, against the smallest program that keeps as many bytes in as many rows',
  runs: 'always',
  sizes: { usual: { atOnce: 32, seconds: 4 }, full: { atOnce: 32, seconds: 20 } },
  async run(ground, sizes) {
    for (const on of ['disk', 'tmpfs'] as const) {
      const system = await ground.system({ on });
      await compare(ground, system, { ...sizes, on });
      await system.remove();
    }
  },
});

async function compare(ground: Ground, system: BenchSystem, { atOnce, seconds, on }: Sizes & { on: keyof typeof mustReach }): Promise<void> {
  const rows = await keptOfOne(system, ground.seed);
  // Nobody is to stand still in the middle of those.
  await system.settle();
  if (on === 'disk') ground.note(`a concern comes to ${rows.length} rows of ${rows.reduce((sum, bytes) => sum + bytes, 0)} bytes in all`);
  const plain = await Program.start(ground, new URL('../against/plain-intake.ts', import.meta.url), { DATABASE_URL: await plainDatabase(system), ROWS: JSON.stringify(rows) });
  const theirs: Side['round'] = ({ seed }) =>
    system.alone([], () => plain.during(async () => (await post({ url: plain.url, path: '/concerns', headers: {} }, loadOf({ atOnce, seconds }, seed))).perSecond));
  await system.alone(['triage'], () =>
    ground.measure({
      what: `concerns taken, ${atOnce} at once, data on ${on}`,
      unit: 'concerns a second',
      ours: takingConcerns(system, { atOnce, seconds }),
      against: { name: 'Fastify and pg', round: theirs },
      goal: ratioAtLeast(mustReach[on]),
    }),
  );
}

/** What is posted in a round: the same on either side. */
export function loadOf({ atOnce, seconds }: Sizes, seed: number): Posting {
  const forms = new ConcernForms(seed);
  return { atOnce, seconds, body: () => forms.next() };
}

/** Concerns taken by triage, with all that it does of them; the broker has them before the next side begins. A few go before, since it stood still (`alone`). */
export const takingConcerns = (system: BenchSystem, sizes: Sizes): Side => ({
  name: 'Caseward',
  round: async ({ seed }) => {
    const [target, load] = [await targetOf(system), loadOf(sizes, seed)];
    await post(target, { ...load, amount: load.atOnce });
    await untilTold(system);
    const { perSecond } = await post(target, load);
    await untilTold(system);
    return perSecond;
  },
});

/** Waits until the broker has what was posted, so that the other side has the machine for itself. */
async function untilTold(system: BenchSystem): Promise<void> {
  await system.asOwner(async (client) => {
    const waiting = async () => (await client.query<{ n: number }>('select count(*)::int as n from triage.outbox')).rows[0]!.n;
    for (const end = performance.now() + 60_000; (await waiting()) > 0; await pause(50)) if (performance.now() > end) throw new Error('the outbox did not empty within a minute');
  });
}
