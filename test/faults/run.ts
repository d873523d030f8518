/**
 * Tries what the system promises under every fault: `node test/faults/run.ts [--all] [--seeds N] [--seed S] [--fault NAME] [--json] [--write]`.
 * Without `--all`, the quick ones. Ends with status 0 only where nothing was lost, doubled or otherwise wrong.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faults } from './faults/all.ts';
import type { Fault } from './faults/fault.ts';
import { Disks } from './plant/disks.ts';
import { FaultSystem, type Shape } from './plant/system.ts';
import { tableOf } from './table.ts';
import { type Outcome, tryFault } from './trial.ts';

const { values: options } = parseArgs({
  options: { all: { type: 'boolean', default: false }, seeds: { type: 'string', default: '1' }, seed: { type: 'string' }, fault: { type: 'string' }, json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const firstSeed = Number(options.seed ?? 1 + Math.floor(Math.random() * 1_000_000));

function chosen(): Fault[] {
  if (options.fault) return faults.filter(({ name }) => name.includes(options.fault!));
  return faults.filter(({ isQuick }) => isQuick || options.all);
}

const shapeOf = ({ needs }: Fault): Shape => ({ brokers: 1, smallDisks: false, ...needs });
const nameOf = ({ brokers, smallDisks }: Shape): string => `${brokers} ${smallDisks}`;

let system: FaultSystem | undefined;

async function systemOf(shape: Shape): Promise<FaultSystem> {
  if (system) return system;
  system = await FaultSystem.make(shape);
  await system.start();
  return system;
}

async function removeSystem(): Promise<void> {
  const gone = system;
  system = undefined;
  await gone?.remove();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void removeSystem().finally(() => process.exit(130)));

/** All the faults that a system of one shape is for, on one system; after a failure, on a fresh one. */
async function tryAll(shape: Shape, these: Fault[], seed: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  try {
    for (const fault of these) {
      const outcome = await tryFault(await systemOf(shape), fault, seed);
      outcomes.push(outcome);
      tell(outcome);
      if (outcome.findings.length === 0) continue;
      await removeSystem();
    }
    return outcomes;
  } finally {
    await removeSystem();
  }
}

function tell({ fault, seed, acknowledged, retries, longestStopMs, catchUpMs, findings }: Outcome): void {
  const times = `${(longestStopMs / 1_000).toFixed(1)} s longest stop, ${(catchUpMs / 1_000).toFixed(1)} s to catch up`;
  say(`${findings.length === 0 ? 'well ' : 'WRONG'}  seed ${seed}  ${fault}: ${acknowledged} commands acknowledged after ${retries} retries, ${times}`);
  if (findings.length === 0) return;
  for (const { kind, what } of findings.slice(0, 20)) say(`       ${kind}: ${what}`);
  say(`       again: npm run test:faults -- --seed ${seed} --fault "${fault}"`);
}

function write(table: string): void {
  const file = new URL('../../doc/reliability.md', import.meta.url);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/(<!-- table -->\n)[\s\S]*?(\n<!-- end of table -->)/, `$1${table}$2`));
}

const outcomes: Outcome[] = [];
const notRun: string[] = [];
for (let seed = firstSeed; seed < firstSeed + Number(options.seeds); seed += 1) {
  say(`Seed ${seed}`);
  for (const these of Map.groupBy(chosen(), (fault) => nameOf(shapeOf(fault))).values()) {
    const shape = shapeOf(these[0]!);
    if (shape.smallDisks && !(await Disks.areAllowed())) {
      notRun.push(...these.map(({ name }) => name));
      say(`NOT RUN  mounting is refused here: ${these.map(({ name }) => name).join('; ')}`);
      continue;
    }
    outcomes.push(...(await tryAll(shape, these, seed)));
  }
}
const table = tableOf(outcomes);
const isWell = outcomes.every(({ findings }) => findings.length === 0);
process.stdout.write(options.json ? `${JSON.stringify({ seed: firstSeed, isWell, notRun: [...new Set(notRun)], outcomes })}\n` : `\n${table}\n`);
if (options.write) write(table);
process.exitCode = isWell && outcomes.length > 0 ? 0 : 1;
