import { Directus, findDirectus } from '../against/directus.ts';
import { bench, ratioAtLeast } from '../bench.ts';
import { post } from '../load/posting.ts';
import { plainDatabase } from '../plant/plain-database.ts';
import { loadOf, type Sizes, takingConcerns } from './intake.ts';

/** The post of `intake` against a product that keeps records of any kind. */
export const peer = bench<Sizes>({
  name: 'peer',
  measures: 'concerns posted as in intake, against Directus on the same PostgreSQL with its own sign-in and permissions, keeping the same record with its row of activity',
  runs: 'asked',
  sizes: { usual: { atOnce: 32, seconds: 10 }, full: { atOnce: 32, seconds: 30 } },
  async run(ground, sizes) {
    // Before anything is started: whoever lacks it is told at once.
    findDirectus();
    const system = await ground.system();
    const directus = await Directus.start(ground, await plainDatabase(system));
    await system.alone(['triage'], () =>
      ground.measure({
        what: `concerns taken, ${sizes.atOnce} at once`,
        unit: 'concerns a second',
        ours: takingConcerns(system, sizes),
        against: {
          name: 'Directus',
          round: ({ seed }) => system.alone([], () => directus.program.during(async () => (await post(directus.target, loadOf(sizes, seed))).perSecond)),
        },
        goal: ratioAtLeast(10),
      }),
    );
  },
});
