import { bench } from '../bench.ts';
import { heldSeed, heldSystem } from '../held/held-home.ts';
import { heldPlan } from '../held/plan.ts';
import type { Verified } from '../../../tools/commands/verify-services.ts';

interface Sizes {
  cases: number;
}

/** How fast data for the other benches is laid, and that everything that is kept holds afterwards. */
export const held = bench<Sizes>({
  name: 'held',
  measures: 'laying cases for the other benches into a fresh home, drawn up, sealed and verified',
  runs: 'asked',
  sizes: { usual: { cases: 5_000 }, full: { cases: 100_000 } },
  async run(ground, { cases }) {
    const plan = { ...heldPlan(cases, heldSeed), name: `verified-${cases}` };
    const { system, laid } = await heldSystem(ground, plan);
    ground.onEnd(() => system.remove());
    await ground.measure({
      what: `laying ${cases.toLocaleString('en-GB')} concerns and what goes with them`,
      unit: 'concerns a minute',
      ours: { name: 'laid', round: async () => laid.concerns / (laid.seconds / 60) },
      goal: { figure: 'ours', unit: 'concerns a minute', of: (ours) => ours, atLeast: 5_000 },
      rounds: 1,
      warmUps: 0,
    });
    const { out, err } = await system.run('verify', '--json');
    const { checks, findings } = JSON.parse(out) as Verified;
    const failed = checks.filter((one) => one.failed);
    ground.note(`verify: ${checks.length} checks, ${findings.length} findings`);
    if (findings.length > 0 || failed.length > 0) throw new Error(`verify is not content: ${JSON.stringify([...findings.slice(0, 5), ...failed])}\n${err}`);
  },
});
