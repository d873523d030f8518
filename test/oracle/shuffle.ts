import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { fileNames } from './columns.ts';
import { parseCsv } from './csv.ts';
import { bytesOf } from './judge.ts';
import { Random } from './random.ts';

/** Writes the rows of every file in another order; a row whose quote never closes stays the last. */
export function shuffle(from: string, to: string, seed = 1): void {
  mkdirSync(to, { recursive: true });
  for (const [place, file] of fileNames.entries()) {
    const bytes = bytesOf(from, file);
    if (!bytes) continue;
    const [header, ...rows] = parseCsv(bytes);
    const last = rows.at(-1);
    const moved = new Random(seed * 7 + place).shuffled(last?.closed === false ? rows.slice(0, -1) : rows);
    const text = [...(header ? [header] : []), ...moved, ...(last?.closed === false ? [last] : [])].map(({ raw }) => `${raw}\n`).join('');
    const packed = existsSync(join(from, `${file}.csv.gz`));
    const shuffled = Buffer.from(text, 'latin1');
    writeFileSync(join(to, packed ? `${file}.csv.gz` : `${file}.csv`), packed ? gzipSync(shuffled, { level: 1 }) : shuffled);
  }
}

if (import.meta.main) {
  const { values, positionals: [from, to] } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string', default: '1' } } });
  if (!from || !to) throw new Error('node test/oracle/shuffle.ts FROM TO [--seed N]');
  shuffle(from, to, Number(values.seed));
}
