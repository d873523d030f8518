/**
 * Tries what the system promises under every fault: `node test/faults/run.ts [--all] [--seeds N] [--seed S] [--fault NAME] [--side-by-side N] [--keep FILE] [--json] [--write]`.
 * Without `--all`, the quick ones; `--side-by-side`: so many seeds at once, each on a system of its own, and then, two at once at most, what has to be done within a time; `--keep`: what came of each seed goes to this file, and what is in it is not tried again, so that a run that was broken off goes on. Ends with status 0 only where nothing was lost, doubled or otherwise wrong.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faults } from './faults/all.ts';
import type { Fault } from './faults/fault.ts';
import { Disks } from './plant/disks.ts';
import { drawServices } from './plant/drawn.ts';
import { FaultSystem, type Shape } from './plant/system.ts';
import { tableOf } from './table.ts';
import { type Outcome, tryFault } from './trial.ts';

const { values: options } = parseArgs({
  options: { all: { type: 'boolean', default: false }, seeds: { type: 'string', default: '1' }, seed: { type: 'string' }, fault: { type: 'string' }, 'side-by-side': { type: 'string', default: '1' }, keep: { type: 'string' }, json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const firstSeed = Number(options.seed ?? 1 + Math.floor(Math.random() * 1_000_000));

function chosen(): Fault[] {
  if (options.fault) return faults.filter(({ name }) => name.includes(options.fault!));
  return faults.filter(({ isQuick }) => isQuick || options.all);
}

const shapeOf = ({ needs }: Fault): Shape => ({ brokers: 1, smallDisks: false, ...needs });
const nameOf = ({ brokers, smallDisks }: Shape): string => `${brokers} ${smallDisks}`;

/** The system that a seed's faults are tried on, one after another. */
class Lane {
  #system: FaultSystem | undefined;

  /** All the faults that a system of one shape is for, on one system; after a failure, on a fresh one. */
  async tryAll(shape: Shape, these: readonly Fault[], seed: number): Promise<Outcome[]> {
    const tried: Outcome[] = [];
    try {
      for (const fault of these) {
        const outcome = await tryFault(await this.#systemOf(shape), fault, seed);
        tried.push(outcome);
        tell(outcome);
        if (outcome.findings.length > 0) await this.remove();
      }
      return tried;
    } finally {
      await this.remove();
    }
  }

  async remove(): Promise<void> {
    const gone = this.#system;
    this.#system = undefined;
    await gone?.remove();
  }

  async #systemOf(shape: Shape): Promise<FaultSystem> {
    if (this.#system) return this.#system;
    this.#system = await FaultSystem.make(shape);
    await inTurn(() => this.#system!.start());
    return this.#system;
  }
}

let lastStart = Promise.resolve();

/** Starting is what takes the most of a machine: one system at a time. */
function inTurn(start: () => Promise<void>): Promise<void> {
  lastStart = lastStart.catch(() => undefined).then(start);
  return lastStart;
}

const lanes = Array.from({ length: Number(options['side-by-side']) }, () => new Lane());

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void Promise.all(lanes.map((lane) => lane.remove())).finally(() => process.exit(130)));
}

function tell({ fault, seed, acknowledged, retries, longestStopMs, catchUpMs, findings, notes }: Outcome): void {
  const times = `${(longestStopMs / 1_000).toFixed(1)} s longest stop, ${(catchUpMs / 1_000).toFixed(1)} s to catch up`;
  say(`${findings.length === 0 ? 'well ' : 'WRONG'}  seed ${seed}  ${fault}: ${acknowledged} commands acknowledged after ${retries} retries, ${times}`);
  for (const note of notes) say(`       ${note}`);
  if (findings.length === 0) return;
  for (const { kind, what } of findings.slice(0, 20)) say(`       ${kind}: ${what}`);
  say(`       again: npm run test:faults -- --seed ${seed} --fault "${fault}"`);
}

function write(table: string): void {
  const file = new URL('../../doc/reliability.md', import.meta.url);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/(<!-- table -->\n)[\s\S]*?(\n<!-- end of table -->)/, `$1${table}$2`));
}

/** What came of the seeds that are not to be tried again. */
function kept(): Outcome[] {
  if (!options.keep || !existsSync(options.keep)) return [];
  return readFileSync(options.keep, 'utf8').split('\n').filter(Boolean).flatMap((line) => JSON.parse(line) as Outcome[]);
}

const outcomes = kept();
const notRun = new Set<string>();
const isToCome = (seed: number) => ({ name }: Fault): boolean => outcomes.every((one) => one.seed !== seed || one.fault !== name);

/** Some faults with one seed. */
async function trySeed(lane: Lane, seed: number, some: readonly Fault[]): Promise<void> {
  const came: Outcome[] = [];
  const lastMuch = some.filter(isToCome(seed)).toSorted((one, other) => Number(one.leavesMuch ?? false) - Number(other.leavesMuch ?? false));
  for (const these of Map.groupBy(lastMuch, (fault) => nameOf(shapeOf(fault))).values()) {
    const shape = shapeOf(these[0]!);
    if (!shape.smallDisks || (await Disks.areAllowed())) {
      came.push(...(await lane.tryAll(shape, these, seed)));
      continue;
    }
    for (const { name } of these) notRun.add(name);
    say(`NOT RUN  mounting is refused here: ${these.map(({ name }) => name).join('; ')}`);
  }
  outcomes.push(...came);
  if (options.keep && came.length > 0) appendFileSync(options.keep, `${JSON.stringify(came)}\n`);
}

/** Some faults with every seed, as many seeds at once as there are lanes. */
async function trySeeds(these: readonly Lane[], some: readonly Fault[]): Promise<void> {
  const seeds = Array.from({ length: Number(options.seeds) }, (_, at) => firstSeed + at);
  await Promise.all(these.map(async (lane) => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) await trySeed(lane, seed, some);
  }));
}

await drawServices();
const { timed = [], others = [] } = Object.groupBy(chosen(), ({ caughtUpWithinMs }) => (caughtUpWithinMs === undefined ? 'others' : 'timed'));
await trySeeds(lanes, others);
// Most of a minute without the broker is waiting: a second one hardly disturbs.
await trySeeds(lanes.slice(0, 2), timed);
const place = ({ fault }: Outcome): number => faults.findIndex(({ name }) => name === fault);
const table = tableOf(outcomes.toSorted((one, other) => place(one) - place(other)));
const isWell = outcomes.every(({ findings }) => findings.length === 0);
process.stdout.write(options.json ? `${JSON.stringify({ seed: firstSeed, isWell, notRun: [...notRun], outcomes })}\n` : `\n${table}\n`);
if (options.write) write(table);
process.exitCode = isWell && outcomes.length > 0 ? 0 : 1;
