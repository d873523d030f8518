import { Client } from 'pg';
import { bench, fasterAtLeast, type Ground, ratioAtMost, type Round } from '../bench.ts';
import { analystsReport, differences, figuresOf } from '../against/analyst.ts';
import { counted, type Split, splits } from '../against/analyst-splits.ts';
import { makeAnalystsTables } from '../against/analyst-tables.ts';
import { heldSeed, heldSystem } from '../held/held-home.ts';
import { officer } from '../held/officer.ts';
import { heldPlan } from '../held/plan.ts';
import { middleTimeOf } from '../held/timing.ts';
import { Random } from '../../oracle/random.ts';
import type { BenchSystem } from '../plant/bench-system.ts';

interface Sizes {
  cases: number;
  /** How many times faster than the analyst the report must be. */
  faster: number;
  /** Days that a round asks about. */
  days: number;
}

/** One system and the analyst's tables beside its own. */
interface Side {
  cases: number;
  system: BenchSystem;
  client: Client;
}

const board = 'staff-board-1';
const firstDay = Date.UTC(2024, 0, 1);
const lastDay = Date.UTC(2025, 6, 31);
const dayMs = 86_400_000;
const dayBefore = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Any day on which there is something to tell. */
const daysOf = ({ seed }: Pick<Round, 'seed'>, count: number): string[] => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => dayBefore(firstDay + Math.floor((random.next() * (lastDay - firstDay)) / dayMs) * dayMs));
};

export const measures = bench<Sizes>({
  name: 'measures',
  measures: 'the report of the quality subgroup, the board’s pages and splits, as of random days, against the plain SQL that a good analyst would write over the same rows',
  runs: 'always',
  sizes: { usual: { cases: 100_000, faster: 5, days: 3 }, full: { cases: 1_000_000, faster: 10, days: 3 } },
  async run(ground, { cases, faster, days }) {
    const [small, large] = [await sideOf(ground, cases / 10), await sideOf(ground, cases)];
    for (const one of [small, large]) await mustAgree(one);
    await ground.measure({ what: 'the whole report', unit: 'ms', ours: { name: 'Caseward', round: (round) => reports(large, round, days) }, against: { name: 'analyst', round: (round) => analysts(large, round, days) }, goal: fasterAtLeast(faster) });
    for (const split of splits) {
      await ground.measure({
        what: `${split.measure} by ${split.every}, split by ${split.by}`,
        unit: 'ms',
        ours: { name: 'Caseward', round: (round) => ourSplits(large, split, daysOf(round, days)) },
        against: { name: 'analyst', round: (round) => theirSplits(large, split, daysOf(round, days)) },
        goal: ratioAtMost(1.5),
      });
    }
    const growing = (what: string, time: (side: Side, round: Round) => Promise<number>) => {
      const side = (one: Side) => ({ name: `${one.cases.toLocaleString('en-GB')} held`, round: (round: Round) => time(one, round) });
      return ground.measure({ what, unit: 'ms', ours: side(large), against: side(small), goal: ratioAtMost(3) });
    };
    await growing('the whole report', (one, round) => reports(one, round, days));
    for (const [what, pathOf] of boardPages) await growing(what, await boardOf([small, large], { pathOf, days }));
  },
});

const boardPages: [what: string, pathOf: (day: string) => string][] = [
  ['the board’s page for one council', (day) => `/board?as_of=${day}&authority=E06000062`],
  ['the board’s page for all', (day) => `/board?as_of=${day}&authority=all`],
  ['a measure of the board as CSV', (day) => `/board/triage_time.csv?as_of=${day}&authority=all`],
];

async function sideOf(ground: Ground, cases: number): Promise<Side> {
  const { system } = await heldSystem(ground, heldPlan(cases, heldSeed));
  const client = new Client({ connectionString: system.ownerUrl });
  await client.connect();
  ground.onEnd(() => client.end());
  await makeAnalystsTables(client);
  // As theirs just were: a home that was kept has been written to since it was laid.
  await client.query('vacuum (analyze) metrics.concern_fact, metrics.enquiry_fact, metrics.dols_fact, metrics.person_fact, metrics.telling_fact, metrics.tally, metrics.repeat_concern');
  return { cases, system, client };
}

async function ask<T>({ system }: Side, path: string): Promise<T> {
  const { status, body } = await system.as('metrics', board).get(path);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
  return body as T;
}

const reportOf = (side: Side, day: string): Promise<{ authorities: object }> => ask(side, `/report?as_of=${day}`);
const reports = (side: Side, round: Round, count: number): Promise<number> => {
  const days = daysOf(round, count);
  return middleTimeOf(count, (at) => reportOf(side, days[at]!));
};
const analysts = (side: Side, round: Round, count: number): Promise<number> => {
  const days = daysOf(round, count);
  return middleTimeOf(count, (at) => analystsReport(side.client, days[at]!));
};

/** Two sides that do not come to the same figures are not compared. */
async function mustAgree(side: Side): Promise<void> {
  for (const day of [...daysOf({ seed: 7 }, 2), dayBefore(lastDay)]) {
    const found = differences(figuresOf((await reportOf(side, day)).authorities), await analystsReport(side.client, day));
    if (found.length > 0) throw new Error(`as of ${day} the report and the analyst say ${found.length} things differently, such as ${found.slice(0, 5).join('; ')}`);
  }
  for (const split of splits) await mustAgreeOn(side, split, dayBefore(lastDay));
}

interface Told {
  periods: { name: string; split: Record<string, Record<string, unknown>> }[];
}

const from = (split: Split): string => (split.every === 'year' ? '2023-04-01' : '2023-01-01');
const ourSplit = (side: Side, split: Split, day: string): Promise<Told> =>
  ask(side, `/measures/${split.measure}?from=${from(split)}&to=${day}&as_of=${day}&every=${split.every}&split_by=${split.by}&authority=all`);
const theirSplit = async ({ client }: Side, split: Split, day: string) =>
  (await client.query<Record<string, string | number>>(split.sql, [from(split), dayBefore(Date.parse(day) + dayMs)])).rows;

const ourSplits = (side: Side, split: Split, days: string[]): Promise<number> => middleTimeOf(days.length, (at) => ourSplit(side, split, days[at]!));
const theirSplits = (side: Side, split: Split, days: string[]): Promise<number> => middleTimeOf(days.length, (at) => theirSplit(side, split, days[at]!));

/** Every figure that is shown; small ones may be held back. */
async function mustAgreeOn(side: Side, split: Split, day: string): Promise<void> {
  const [ours, theirs] = [await ourSplit(side, split, day), await theirSplit(side, split, day)];
  const name = counted[split.measure];
  const found = new Map(theirs.map((row) => [`${row['period']} ${row['part']}`, Number(row[name])]));
  const shown = ours.periods.flatMap((period) => Object.entries(period.split).map(([part, figures]) => ({ place: `${split.every === 'year' ? period.name.slice(0, 4) : period.name} ${part}`, figure: figures[name] })));
  const wrong = shown.filter(({ place, figure }) => typeof figure === 'number' && figure !== (found.get(place) ?? 0));
  if (wrong.length > 0 || shown.length === 0) throw new Error(`split by ${split.by}, ${wrong.length} of ${shown.length} figures are not the analyst's, such as ${JSON.stringify(wrong[0])}`);
}

async function boardOf(sides: Side[], { pathOf, days }: { pathOf: (day: string) => string; days: number }) {
  const officers = new Map(await Promise.all(sides.map(async (one) => [one, await officer(one.system, board)] as const)));
  return (side: Side, round: Round): Promise<number> => {
    const asked = daysOf(round, days);
    return middleTimeOf(days, (at) => officers.get(side)!.open(pathOf(asked[at]!)));
  };
}
