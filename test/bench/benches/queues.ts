import { type Ground, bench, ratioAtMost } from '../bench.ts';
import { heldSeed, heldSystem } from '../held/held-home.ts';
import { type Officer, officer } from '../held/officer.ts';
import { heldPlan } from '../held/plan.ts';
import { middleTimeOf } from '../held/timing.ts';
import { Random } from '../../oracle/random.ts';
import type { BenchSystem } from '../plant/bench-system.ts';

interface Sizes {
  cases: number;
  /** How often a page is opened in a round. */
  times: number;
}

/** The pages, and who opens them; the first of each queue and one that is narrowed. */
const pages: [what: string, who: string, path: string][] = [
  ['the triage queue, first page', 'staff-triage-1', '/queues/triage'],
  ['the triage queue, late ones that nobody has', 'staff-triage-1', '/queues/triage?late=yes&has=nobody'],
  ['unallocated enquiries, first page', 'staff-manager-1', '/queues/enquiries'],
  ['unallocated enquiries, of section 42', 'staff-manager-1', '/queues/enquiries?kind=s42'],
  ['the DoLS queue, first page', 'staff-dols-1', '/queues/dols'],
  ['the DoLS queue, low priority and new', 'staff-dols-1', '/queues/dols?band=low&kind=new'],
];
const casePages = 300;

/**
 * Two homes side by side, one with ten times the cases of the other: tables, indexes and what waits are all ten times as
 * large. (Of one table with two councils, the smaller council would be asked about in the larger table.)
 */
export const queues = bench<Sizes>({
  name: 'queues',
  measures: 'pages of the triage, enquiry and DoLS queues and of a concern, whole as an officer sees them, against themselves with a tenth of the cases held',
  runs: 'always',
  sizes: { usual: { cases: 100_000, times: 25 }, full: { cases: 1_000_000, times: 50 } },
  async run(ground, { cases, times }) {
    const [small, large] = [await sideOf(ground, cases / 10), await sideOf(ground, cases)];
    for (const [what, who, path] of pages) {
      const side = ({ held, as }: Side) => ({ name: `${held.toLocaleString('en-GB')} held`, round: async () => opening((await as(who)).open, times, () => path) });
      await ground.measure({ what, unit: 'ms', ours: side(large), against: side(small), goal: ratioAtMost(1.3) });
    }
    const side = ({ held, as, concerns }: Side) => ({
      name: `${held.toLocaleString('en-GB')} held`,
      async round({ seed }: { seed: number }) {
        const random = new Random(seed);
        return opening((await as('staff-triage-1')).open, times, () => `/concerns/${random.pick(concerns)}`);
      },
    });
    await ground.measure({ what: 'the page of a concern', unit: 'ms', ours: side(large), against: side(small), goal: ratioAtMost(1.5) });
  },
});

interface Side {
  held: number;
  /** Somebody, signed in once. */
  as(who: string): Promise<Officer>;
  /** Some of the concerns of their council. */
  concerns: string[];
}

async function sideOf(ground: Ground, held: number): Promise<Side> {
  const { system, laid } = await heldSystem(ground, heldPlan(held, heldSeed));
  ground.note(`${held.toLocaleString('en-GB')} held: ${laid.enquiries.toLocaleString('en-GB')} enquiries and ${laid.requests.toLocaleString('en-GB')} DoLS requests with them; ${await waitingIn(system)}`);
  const signedIn = new Map<string, Promise<Officer>>();
  const as = (who: string): Promise<Officer> => {
    const found = signedIn.get(who) ?? officer(system, who);
    signedIn.set(who, found);
    return found;
  };
  return { held, as, concerns: await someConcerns(system) };
}

const opening = (open: Officer['open'], times: number, pathOf: () => string): Promise<number> => middleTimeOf(times, () => open(pathOf()));

async function someConcerns(system: BenchSystem): Promise<string[]> {
  const { rows } = await system.asOwner((client) =>
    client.query<{ id: string }>(`select id from triage.concern where authority = 'E06000062' and status <> 'entered-in-error' order by md5(id::text) limit ${casePages}`),
  );
  return rows.map(({ id }) => id);
}

async function waitingIn(system: BenchSystem): Promise<string> {
  const { rows } = await system.asOwner((client) =>
    client.query<{ triage: number; enquiries: number; dols: number }>(`
      select (select count(*)::int from triage.concern where status = 'awaiting-triage') as triage, (select count(*)::int from section42.enquiry where status = 'open') as enquiries,
        (select count(*)::int from dols.dols_request where is_waiting) as dols`),
  );
  const { triage, enquiries, dols } = rows[0]!;
  return `${triage} wait for triage, ${enquiries} for a worker, ${dols} for DoLS`;
}
