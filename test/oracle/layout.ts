import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Row } from './builders.ts';
import { columnsOf, type FileName, requiredOf } from './columns.ts';
import { quoted } from './csv.ts';
import type { Random } from './random.ts';

/** A row to write, and what to do to its line (one character a byte) when it is written. */
export interface Line { row: Row; rewrite?: (line: string) => string }

/** How one file is set out. */
export interface Layout {
  columns: string[];
  byteOrderMark: boolean;
  /** Used one after another, over and over. */
  lineEnds: string[];
  blankLines: boolean;
  packed: boolean;
  /** What is written after the last row. */
  tail: string;
  absent: boolean;
}

const openQuote = 'never,"closed\nnor,this\n';

/** A fixed layout for each file, each with its traps, or one thrown by lot. */
export function layoutOf(file: FileName, random?: Random): Layout {
  const columns = Object.keys(columnsOf[file]);
  if (random) return thrown(file, columns, random);
  return {
    columns: file === 'people' ? ['shoe_size', ...columns] : columns.toReversed(),
    byteOrderMark: file !== 'concerns',
    lineEnds: { people: ['\r\n'], concerns: ['\n'], enquiries: ['\n', '\r\n'], dols: ['\r\n', '\n', '\n'] }[file],
    blankLines: file !== 'enquiries',
    packed: file === 'concerns' || file === 'dols',
    tail: file === 'people' || file === 'dols' ? openQuote : '',
    absent: false,
  };
}

function thrown(file: FileName, columns: string[], random: Random): Layout {
  const isRefused = random.happens(file === 'people' ? 0.03 : 0.08);
  const faulty = random.happens(0.5) ? columns.filter((column) => column !== random.pick(requiredOf[file])) : [...columns, random.pick(columns)];
  return {
    columns: random.shuffled([...(isRefused ? faulty : columns), ...(random.happens(0.5) ? ['shoe_size', 'Authority'] : [])]),
    byteOrderMark: random.happens(0.5),
    lineEnds: random.pick([['\n'], ['\r\n'], ['\n', '\r\n', '\r\n']]),
    blankLines: random.happens(0.5),
    packed: random.happens(0.5),
    tail: random.happens(0.3) ? openQuote : '',
    absent: random.happens(file === 'people' ? 0.01 : 0.04),
  };
}

/** Writes one file of an extract. */
export function writeLaidOut(folder: string, { file, lines, layout }: { file: FileName; lines: Line[]; layout: Layout }): void {
  if (layout.absent) return;
  mkdirSync(folder, { recursive: true });
  const texts = lines.map(({ row, rewrite }) => {
    const line = bytewise(layout.columns.map((column) => quoted(row[column] ?? '')).join(','));
    return rewrite?.(line) ?? line;
  });
  const ended = [bytewise(layout.columns.join(',')), ...texts].map((text, place) => {
    const end = layout.lineEnds[place % layout.lineEnds.length]!;
    return text + end + (layout.blankLines && place % 5 === 0 ? end : '');
  });
  const bytes = Buffer.from((layout.byteOrderMark ? bytewise('\uFEFF') : '') + ended.join('') + layout.tail, 'latin1');
  writeFileSync(join(folder, layout.packed ? `${file}.csv.gz` : `${file}.csv`), layout.packed ? gzipSync(bytes, { level: 1 }) : bytes);
}

function bytewise(text: string): string {
  return Buffer.from(text).toString('latin1');
}
