import { setTimeout as pause } from 'node:timers/promises';
import { bench, type Ground, ratioAtMost } from '../bench.ts';
import { heldSeed, heldSystem } from '../held/held-home.ts';
import { wear } from '../held/marker.ts';
import { heldPlan } from '../held/plan.ts';
import { middleTimeOf, timesOf } from '../held/timing.ts';
import { ConcernForms } from '../load/concern-forms.ts';
import { partner } from '../load/partner.ts';
import type { BenchSystem } from '../plant/bench-system.ts';
import { middle, quantile } from '../spread.ts';

interface Sizes {
  cases: number;
  /** How many commands a round has accepted. */
  commands: number;
  /** How many are sent at once where the slowest is asked about. */
  atOnce: number;
}

const smaller = 10_000;
const officerId = 'staff-triage-1';

/** The commands stay, and a home that has taken too many is laid anew. */
export const growth = bench<Sizes>({
  name: 'growth',
  measures: 'the cost of one accepted command with many cases held, against itself with 10,000 held; and the slowest of many at once against the middle',
  runs: 'always',
  sizes: { usual: { cases: 100_000, commands: 40, atOnce: 32 }, full: { cases: 1_000_000, commands: 40, atOnce: 32 } },
  async run(ground, { cases, commands, atOnce }) {
    const [small, large] = [await held(ground, smaller), await held(ground, cases)];
    const compare = (what: string, round: (system: BenchSystem, seed: number) => Promise<number>, most: number) => {
      const side = (system: BenchSystem, count: number) => ({ name: `${count.toLocaleString('en-GB')} held`, round: ({ seed }: { seed: number }) => worn(system, commands, () => round(system, seed)) });
      return ground.measure({ what, unit: 'ms', ours: side(large, cases), against: side(small, smaller), goal: ratioAtMost(most) });
    };
    await compare('raising a concern, until it is accepted', (system, seed) => raising(system, seed, commands), 1.2);
    await compare('recording what somebody wants, until it is accepted', (system, seed) => wishing(system, seed, commands), 1.2);
    await compare('raising a concern, until it is known whom it is about', (system, seed) => identifying(system, seed, commands), 1.2);
    await slowest(ground, large, { atOnce, count: atOnce * 8 });
  },
});

const held = async (ground: Ground, cases: number): Promise<BenchSystem> => (await heldSystem(ground, heldPlan(cases, heldSeed))).system;

async function worn<Result>(system: BenchSystem, commands: number, work: () => Promise<Result>): Promise<Result> {
  const result = await work();
  wear(system.home, commands);
  // What follows from them is over before the other side begins.
  await system.settle();
  return result;
}

/** A concern by an invented partner; its id. */
async function raise(system: BenchSystem, forms: ConcernForms): Promise<string> {
  const { status, body } = await system.as('triage', partner).post('/concerns', forms.next());
  if (status !== 201) throw new Error(`a concern was answered with ${status}: ${JSON.stringify(body)}`);
  return body.id as string;
}

function raising(system: BenchSystem, seed: number, count: number): Promise<number> {
  const forms = new ConcernForms(seed);
  return middleTimeOf(count, () => raise(system, forms));
}

/** What somebody wants is recorded, of concerns that are long decided and of those that wait. */
async function wishing(system: BenchSystem, seed: number, count: number): Promise<number> {
  const { rows } = await system.asOwner((client) =>
    client.query<{ id: string; sequence: number }>(`select id, sequence from triage.concern where authority = 'E06000062' and status <> 'entered-in-error' order by md5(id::text || $1::text) limit $2`, [seed, count]),
  );
  const as = system.as('triage', officerId);
  return middleTimeOf(rows.length, async (at) => {
    const { id, sequence } = rows[at]!;
    const { status, body } = await as.post(`/concerns/${id}/wishes`, { asked: 'asked_and_expressed', words: `To be left in peace, ${seed} times.` }, { etag: `"${sequence}"` });
    if (status !== 200) throw new Error(`recording a wish was answered with ${status}: ${JSON.stringify(body)}`);
  });
}

const lookEveryMs = 2;
const knownWithinMs = 30_000;

/** The whole way there and back: told, its person compared with those who are known, registered, told again, taken. */
async function identifying(system: BenchSystem, seed: number, count: number): Promise<number> {
  const forms = new ConcernForms(seed + 500_000);
  return system.asOwner(async (client) => {
    const isKnown = async (id: string): Promise<boolean> => (await client.query({ name: 'known', text: 'select from triage.concern where id = $1 and person_id is not null', values: [id] })).rowCount! > 0;
    return middleTimeOf(count, async () => {
      const id = await raise(system, forms);
      for (const end = performance.now() + knownWithinMs; !(await isKnown(id)); await pause(lookEveryMs)) {
        if (performance.now() > end) throw new Error(`it was not known whom a concern is about after ${knownWithinMs / 1_000} s`);
      }
    });
  });
}

/** Of many at once: the 99th percentile against the middle of the same concerns. */
async function slowest(ground: Ground, system: BenchSystem, { atOnce, count }: { atOnce: number; count: number }): Promise<void> {
  let middleOne = NaN;
  const round = async ({ seed }: { seed: number }): Promise<number> => {
    const forms = new ConcernForms(seed + 900_000);
    const times = await worn(system, count, () => timesOf(count, atOnce, () => raise(system, forms)));
    middleOne = middle(times);
    return quantile(times, 0.99);
  };
  await ground.measure({
    what: `a concern accepted, ${atOnce} at once`,
    unit: 'ms',
    ours: { name: '99th percentile', round },
    against: { name: 'median of the same', round: async () => middleOne },
    goal: ratioAtMost(3),
  });
}
