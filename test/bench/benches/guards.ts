import { asking } from '../../asking.ts';
import { bench, ratioAtMost, type Side } from '../bench.ts';
import { middleTimeOf } from '../held/timing.ts';
import { ConcernForms } from '../load/concern-forms.ts';
import { partner } from '../load/partner.ts';
import type { Program } from '../plant/program.ts';
import { type Guard, guards, haveItCarry, startUnguarded } from '../plant/unguarded.ts';

interface Sizes {
  /** How many requests a round makes, one after another. */
  requests: number;
}

const officer = 'staff-triage-1';
/** All four together add no more than a quarter; so none of them does. */
const most = 1.25;

/** The service that is whole takes part in every comparison: the others are to be as warm as it is. */
const warmUps = 3;

/** One kind of request, made so many times of one `triage`: the middle of its times, in milliseconds. */
type Requests = (asked: Asked, count: number, seed: number) => Promise<number>;

/** A `triage`, and whoever asks it. */
interface Asked {
  as(who: string): ReturnType<typeof asking>;
}

/**
 * Each side is a `triage` of its own on the same database and broker, drawn together alike, of which all but one stand
 * still. Each reads and changes what it took itself, since without encryption it could open nothing else, and carries what
 * it wrote itself.
 */
export const guarding = bench<Sizes>({
  name: 'guards',
  measures: 'what signing in, rights, encryption and audit add to requests, all together and each by itself, against the same service in which they do nothing',
  runs: 'full',
  sizes: { usual: { requests: 60 }, full: { requests: 400 } },
  async run(ground, { requests }) {
    const system = await ground.system();
    // So that it is known who works there.
    await system.settle();
    const whole = await startUnguarded(ground, system, []);
    const bare = await startUnguarded(ground, system, guards);
    const lacking = new Map<Guard, Program>();
    for (const guard of guards) lacking.set(guard, await startUnguarded(ground, system, [guard]));
    const side = (name: string, program: Program, work: Requests): Side => {
      const asked: Asked = { as: (who) => asking(program.url, () => system.headersOf(who)) };
      const round = (seed: number): Promise<number> => haveItCarry(system).then(() => work(asked, requests, seed));
      return { name, round: ({ seed }) => system.alone([], () => program.during(() => round(seed))) };
    };
    const compare = ([what, work]: [string, Requests], added: string, [name, program]: [string, Program]) =>
      ground.measure({ what: `${what}: what ${added} adds`, unit: 'ms', ours: side('with all of it', whole, work), against: side(name, program, work), goal: ratioAtMost(most), warmUps });
    // First, while both have run for as long.
    for (const kind of Object.entries(kinds)) await compare(kind, 'all of it', ['with none of it', bare]);
    for (const kind of Object.entries(kinds)) {
      for (const [guard, program] of lacking) await compare(kind, guard, [`without ${guard}`, program]);
    }
  },
});

const kinds: Record<string, Requests> = {
  'raising a concern': raising,
  'reading a case': reading,
  'recording what somebody wants': wishing,
};

async function raising(asked: Asked, count: number, seed: number): Promise<number> {
  const forms = new ConcernForms(seed);
  return middleTimeOf(count, () => raise(asked, forms));
}

async function reading(asked: Asked, count: number, seed: number): Promise<number> {
  const ids = await some(asked, seed);
  return middleTimeOf(count, (at) => asked.as(officer).get(`/concerns/${ids[at % ids.length]}/case`).then(insistOn(200)));
}

async function wishing(asked: Asked, count: number, seed: number): Promise<number> {
  const forms = new ConcernForms(seed);
  const as = asked.as(officer);
  const seen: { id: string; etag: string | null }[] = [];
  while (seen.length < count) {
    const id = await raise(asked, forms);
    seen.push({ id, etag: (await as.get(`/concerns/${id}`).then(insistOn(200))).etag });
  }
  return middleTimeOf(count, (at) => as.post(`/concerns/${seen[at]!.id}/wishes`, { asked: 'asked_and_expressed', words: 'To be left in peace.' }, { etag: seen[at]!.etag }).then(insistOn(200)));
}

/** As many as are read in turn. */
async function some(asked: Asked, seed: number): Promise<string[]> {
  const forms = new ConcernForms(seed);
  const ids: string[] = [];
  while (ids.length < 10) ids.push(await raise(asked, forms));
  return ids;
}

const raise = async (asked: Asked, forms: ConcernForms): Promise<string> => (await asked.as(partner).post('/concerns', forms.next()).then(insistOn(201))).body.id as string;

const insistOn = (status: number) => (answer: Awaited<ReturnType<ReturnType<typeof asking>['get']>>) => {
  if (answer.status !== status) throw new Error(`answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
};
