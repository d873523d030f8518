import { bench, type Ground, ratioAtMost } from '../bench.ts';
import { heldSeed, heldSystem } from '../held/held-home.ts';
import type { Laid } from '../held/lay-batch.ts';
import { englandPlan } from '../held/plan.ts';
import { middleTimeOf } from '../held/timing.ts';
import type { BenchSystem } from '../plant/bench-system.ts';

interface Sizes {
  /** Which part of the year's cases. */
  part: number;
}

interface Side {
  name: string;
  system: BenchSystem;
  laid: Laid & { seconds: number };
}

const asOf = '2025-07-31';

/**
 * A made-up year of England: 640,240 concerns, 185,270 section 42 enquiries, 332,455 DoLS requests, 152 councils. What a
 * case costs is its rules, journal, words, read rows and facts; it is laid straight into the tables, so that what the broker
 * does is not in it (`pipeline` measures that).
 */
export const england = bench<Sizes>({
  name: 'england',
  measures: 'a made-up year of England, laid through the rules to its measures, against the same of a tenth of the cases; and its report',
  runs: 'full',
  sizes: { usual: { part: 1 / 64 }, full: { part: 1 } },
  async run(ground, { part }) {
    const [tenth, whole] = [await sideOf(ground, part / 10), await sideOf(ground, part)];
    await ground.measure({ what: 'a case, from its rules to its facts', unit: 'ms', ours: cost(whole), against: cost(tenth), goal: ratioAtMost(1.2), rounds: 1, warmUps: 0 });
    for (const authority of ['E06000062', undefined]) {
      const side = (one: Side) => ({ name: one.name, round: () => reportTime(one, authority) });
      await ground.measure({ what: `the report for ${authority === undefined ? 'England and each of its councils' : 'one council'}`, unit: 'ms', ours: side(whole), against: side(tenth), goal: ratioAtMost(3) });
    }
  },
});

async function sideOf(ground: Ground, part: number): Promise<Side> {
  const plan = englandPlan(heldSeed, part);
  const { system, laid } = await heldSystem(ground, plan);
  ground.note(`${laid.concerns.toLocaleString('en-GB')} concerns, ${laid.enquiries.toLocaleString('en-GB')} enquiries and ${laid.requests.toLocaleString('en-GB')} DoLS requests, laid in ${laid.seconds} s`);
  return { name: `${plan.concerns.toLocaleString('en-GB')} concerns`, system, laid };
}

const cost = ({ name, laid }: Side) => ({ name, round: async () => (laid.seconds * 1_000) / (laid.concerns + laid.requests) });

const reportTime = ({ system }: Side, authority: string | undefined): Promise<number> =>
  middleTimeOf(3, async () => {
    const { status } = await system.as('metrics', 'staff-board-1').get(`/report?as_of=${asOf}${authority === undefined ? '' : `&authority=${authority}`}`);
    if (status !== 200) throw new Error(`the report answered ${status}`);
  });
