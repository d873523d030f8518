import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { applicationCells, concernCells, enquiryCells, personCells, type Plan, planOf } from './invented.ts';

const batch = 1000;

/** Writes an extract of invented people, the same for the same seed, in little memory; two with different marks share no reference. Returns the rows of each file. */
export async function million(folder: string, { rows = 1_000_000, seed = 1, mark = '' } = {}): Promise<Record<string, number>> {
  mkdirSync(folder, { recursive: true });
  const plan = planOf(rows, seed, mark);
  return {
    people: await write(folder, 'people', numbered(plan.people, (number) => personCells(plan, number))),
    concerns: await write(folder, 'concerns', numbered(plan.concerns, (number) => concernCells(plan, number))),
    enquiries: await write(folder, 'enquiries', enquiries(plan)),
    dols: await write(folder, 'dols', numbered(plan.dols, (number) => applicationCells(plan, number))),
  };
}

type Cells = Record<string, string>;

function* numbered(count: number, cells: (number: number) => Cells): Generator<Cells> {
  for (let number = 1; number <= count; number += 1) yield cells(number);
}

function* enquiries(plan: Plan): Generator<Cells> {
  for (let number = 1; number <= plan.concerns; number += 1) {
    const cells = enquiryCells(plan, number);
    if (cells) yield cells;
  }
}

async function write(folder: string, file: string, rows: Iterable<Cells>): Promise<number> {
  const packed = createGzip({ level: 1 });
  const done = finished(packed.pipe(createWriteStream(join(folder, `${file}.csv.gz`))));
  let lines: string[] = [];
  let count = 0;
  for (const row of rows) {
    if (count === 0) lines.push(Object.keys(row).join(','));
    lines.push(Object.values(row).join(','));
    count += 1;
    if (lines.length < batch) continue;
    if (!packed.write(`${lines.join('\n')}\n`)) await once(packed, 'drain');
    lines = [];
  }
  packed.end(lines.map((line) => `${line}\n`).join(''));
  await done;
  return count;
}

if (import.meta.main) {
  const { values, positionals: [out] } = parseArgs({ allowPositionals: true, options: { rows: { type: 'string' }, seed: { type: 'string' } } });
  if (!out) throw new Error('node test/oracle/million.ts OUT [--rows N] [--seed N]');
  const counts = await million(out, { ...(values.rows ? { rows: Number(values.rows) } : {}), ...(values.seed ? { seed: Number(values.seed) } : {}) });
  process.stdout.write(`${JSON.stringify(counts)}\n`);
}
