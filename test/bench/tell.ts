import type { Measured, Spread } from './bench.ts';
import { missedBy } from './judge.ts';
import type { Machine, Versions } from './machine.ts';

/** What came of one bench. */
export interface BenchReport {
  name: string;
  measures: string;
  measured: Measured[];
  notes: string[];
  seconds: number;
  /** Why it could not be run to its end. */
  failed: string | null;
}

/** What came of a run. */
export interface Report {
  seed: number;
  full: boolean;
  machine: Machine;
  versions: Versions;
  benches: BenchReport[];
  ok: boolean;
}

/** Whether every bench ran, measured something, and reached what it must. */
export const isWell = (benches: readonly BenchReport[]): boolean =>
  benches.length > 0 && benches.every(({ failed, measured }) => failed === null && measured.length > 0 && measured.every(({ reached }) => reached));

/** A figure for people: three digits that tell something, and no more. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1_000) return Math.round(value).toLocaleString('en-GB');
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4);
}

/** Whether what must be reached was reached, in words. */
export function verdictOf({ figure: { median, unit }, must, reached }: Measured): string {
  const bounds = [must.atLeast === undefined ? [] : `at least ${figure(must.atLeast)}`, must.atMost === undefined ? [] : `at most ${figure(must.atMost)}`].flat().join(' and ');
  if (reached) return `reached: ${bounds} ${unit}`;
  return `MISSED by ${figure(missedBy(median, must))} ${unit}: must be ${bounds}`;
}

/** A comparison in one line, for whoever waits. */
export const lineOf = (measured: Measured): string => `${measured.what}: ${figure(measured.figure.median)} ${measured.figure.unit} (${measured.figure.name}), ${verdictOf(measured)}`;

/** The whole run for people. */
export function textOf({ seed, full, machine, versions, benches }: Report): string {
  const { caseward, revision, node, postgres, nats } = versions;
  const head = [
    `Caseward ${caseward}${revision ? `, revision ${revision}` : ''}; Node ${node}, PostgreSQL ${postgres ?? 'not started'}, NATS ${nats ?? 'not started'}; seed ${seed}${full ? ', full' : ''}`,
    `${machine.cores} cores (${machine.model}), ${figure(machine.memoryBytes / 2 ** 30)} GiB, ${machine.kernel}; data on ${machine.data}; load before ${figure(machine.load)}`,
  ];
  return [...head, ...benches.map(textOfBench), lastLine(benches)].join('\n');
}

function textOfBench({ name, measures, measured, notes, seconds, failed }: BenchReport): string {
  const lines = [``, `${name}: ${measures} (${Math.round(seconds)} s)`, ...measured.map(textOfMeasured), ...notes.map((note) => `  · ${note}`)];
  return [...lines, ...(failed === null ? [] : [`  NOT RUN to its end: ${failed}`])].join('\n');
}

function textOfMeasured(measured: Measured): string {
  const { what, unit, ours, against, figure: judged } = measured;
  const rounds = ours.rounds.length === 1 ? '1 round' : `${ours.rounds.length} rounds`;
  return [
    `  ${what} (${unit}, ${rounds})`,
    row('', ['least', 'middle', 'most']),
    row(ours.name, cells(ours)),
    ...(against ? [row(against.name, cells(against))] : []),
    `${row(`${judged.name}, ${judged.unit}`, cells(judged))}    ${verdictOf(measured)}`,
  ].join('\n');
}

const cells = ({ min, median, max }: Spread): string[] => [min, median, max].map(figure);
const row = (name: string, values: readonly string[]): string => `    ${name.padEnd(44)}${values.map((value) => value.padStart(12)).join('')}`;

function lastLine(benches: readonly BenchReport[]): string {
  const all = benches.flatMap(({ measured }) => measured);
  const missed = all.filter(({ reached }) => !reached).length;
  const notRun = benches.filter(({ failed, measured }) => failed !== null || measured.length === 0).map(({ name }) => name);
  const seconds = benches.reduce((sum, one) => sum + one.seconds, 0);
  return `\n${all.length - missed} of ${all.length} reached${missed > 0 ? `, ${missed} missed` : ''}${notRun.length > 0 ? `; not run to the end: ${notRun.join(', ')}` : ''}; ${Math.round(seconds)} s in all`;
}
