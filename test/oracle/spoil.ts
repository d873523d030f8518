import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Row } from './builders.ts';
import { type FileName, fileNames } from './columns.ts';
import { layoutOf, type Line, writeLaidOut } from './layout.ts';
import { Random } from './random.ts';
import { sample } from './sample.ts';
import { renamed, type Spoiling, spoilings, type Story } from './spoilings.ts';

export interface Spoil { seed?: number; rows?: number; from?: string }

/** The folder of the example. */
export const example = join(import.meta.dirname, '../../examples/northamptonshire');

/**
 * Writes a spoiled extract. Without a seed every spoiling is there alone and with each other one of its file, and every
 * file is taken; with a seed, spoilings are sprinkled over the sample and a file may be refused or absent.
 */
export function spoil(folder: string, { seed, rows = 100, from = example }: Spoil = {}): void {
  const { story, extract } = sample(from, rows);
  const lines = Object.fromEntries(fileNames.map((file) => [file, asLines(extract[file])])) as Record<FileName, Line[]>;
  const random = new Random(seed ?? 0);
  const groups = seed === undefined ? everyPair() : sprinkled(random, rows);
  for (const [place, group] of groups.entries()) addStory(lines, spoiled(renamed(story, `-${place}`), group));
  for (const file of fileNames) {
    const mixed = seed === undefined ? lines[file] : random.shuffled(lines[file]);
    writeLaidOut(folder, { file, lines: mixed, layout: layoutOf(file, seed === undefined ? undefined : random) });
  }
}

function everyPair(): Spoiling[][] {
  const all = spoilings();
  const joined = all.filter(({ alone }) => !alone);
  const pairs = joined.flatMap((one, place) => joined.slice(place + 1).filter(({ file }) => file === one.file).map((other) => [one, other]));
  return [...all.map((one) => [one]), ...pairs];
}

function sprinkled(random: Random, rows: number): Spoiling[][] {
  const all = spoilings();
  return Array.from({ length: rows }, () => Array.from({ length: 1 + random.below(4) }, () => random.pick(all)));
}

function spoiled(story: Story, group: Spoiling[]): Record<FileName, Line[]> {
  for (const { change } of group) change?.(story);
  const linesOf = (file: FileName): Line[] => {
    const own = group.filter((one) => one.file === file);
    const row = story[file];
    const rewrite = (line: string) => own.reduce((text, { line: change }) => change?.(text) ?? text, line);
    return [...asLines(own.flatMap(({ before }) => before?.(row) ?? [])), { row, rewrite }, ...asLines(own.flatMap(({ after }) => after?.(row) ?? []))];
  };
  return Object.fromEntries(fileNames.map((file) => [file, linesOf(file)])) as Record<FileName, Line[]>;
}

function asLines(rows: Row[]): Line[] {
  return rows.map((row) => ({ row }));
}

function addStory(lines: Record<FileName, Line[]>, story: Record<FileName, Line[]>): void {
  for (const file of fileNames) lines[file].push(...story[file]);
}

if (import.meta.main) {
  const { values, positionals: [out] } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' }, rows: { type: 'string' } } });
  if (!out) throw new Error('node test/oracle/spoil.ts OUT [--seed N] [--rows N]');
  spoil(out, { ...(values.seed ? { seed: Number(values.seed) } : {}), ...(values.rows ? { rows: Number(values.rows) } : {}) });
}
