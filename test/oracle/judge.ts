import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { codesOf, flagsOf, plausibleBirth } from './checks.ts';
import { columnsOf, type FileName, fileNames, referenceOf, requiredOf } from './columns.ts';
import { type CsvRow, parseCsv } from './csv.ts';
import { readCells } from './reading.ts';
import type { Rows, Run } from './run.ts';
import { momentOf } from './time.ts';

export type { Rows, Taken } from './run.ts';

export interface FileReport {
  read: number;
  imported: number;
  already_present: number;
  repeated: number;
  quarantined: number;
  codes: Record<string, number>;
  flags: Record<string, number>;
  refused?: string[];
}

export interface ImportReport {
  files: Partial<Record<FileName, FileReport>>;
  assumed_enquiries: number;
}

export interface Quarantined { file: FileName; line: number; codes: string[]; cells: string[] }

export interface Judgement { report: ImportReport; rows: Rows; quarantined: Quarantined[] }

/** Nothing imported yet. */
export function noRows(): Rows {
  return { people: new Map(), concerns: new Map(), enquiries: new Map(), dols: new Map() };
}

/** Judges a folder as the import must; `held` is what earlier runs took, and stays as it is. */
export function judgeExtract(folder: string, runStartedAt: string, held: Rows = noRows()): Judgement {
  const rows = Object.fromEntries(fileNames.map((file) => [file, new Map(held[file])])) as Rows;
  const enquiryOf = new Map([...rows.enquiries].map(([reference, { cells }]) => [cells.concern_ref ?? '', reference]));
  const run: Run = { began: momentOf(runStartedAt), rows, enquiryOf };
  const judgement: Judgement = { report: { files: {}, assumed_enquiries: 0 }, rows, quarantined: [] };
  for (const file of fileNames) {
    const bytes = bytesOf(folder, file);
    if (bytes) judgement.report.files[file] = judgeFile(file, parseCsv(bytes), { run, held, quarantined: judgement.quarantined });
  }
  judgement.report.assumed_enquiries = [...rows.concerns].filter(([reference, { cells }]) => cells.triage_outcome === 's42_enquiry' && !enquiryOf.has(reference)).length;
  return judgement;
}

/** The bytes of one file of an extract, unpacked; nothing where it is absent. */
export function bytesOf(folder: string, file: string): Buffer | undefined {
  const plain = join(folder, `${file}.csv`);
  const packed = `${plain}.gz`;
  if (existsSync(plain) && existsSync(packed)) throw new Error(`both ${file}.csv and ${file}.csv.gz are there`);
  if (existsSync(packed)) return gunzipSync(readFileSync(packed));
  return existsSync(plain) ? readFileSync(plain) : undefined;
}

interface Surroundings { run: Run; held: Rows; quarantined: Quarantined[] }

function judgeFile(file: FileName, rows: CsvRow[], { run, held, quarantined }: Surroundings): FileReport {
  const report: FileReport = { read: 0, imported: 0, already_present: 0, repeated: 0, quarantined: 0, codes: {}, flags: {} };
  const header = rows[0]?.cells ?? [];
  const refused = faultsOf(header, requiredOf[file]);
  if (refused.length > 0) return { ...report, refused };
  for (const row of rows.slice(1)) {
    report.read += 1;
    const fate = judgeRow(file, { row, header }, run);
    if (fate === 'same') report[held[file].has(cellsOf(file, header, row.cells)[referenceOf[file]]!) ? 'already_present' : 'repeated'] += 1;
    else if ('codes' in fate) {
      report.quarantined += 1;
      quarantined.push({ file, line: row.line, codes: fate.codes, cells: row.cells });
      for (const code of fate.codes) report.codes[code] = (report.codes[code] ?? 0) + 1;
    } else {
      report.imported += 1;
      for (const flag of fate.flags) report.flags[flag] = (report.flags[flag] ?? 0) + 1;
    }
  }
  return report;
}

function faultsOf(header: string[], required: string[]): string[] {
  const missing = required.filter((column) => !header.includes(column));
  const double = new Set(header.filter((column, place) => header.indexOf(column) !== place));
  return [...missing, ...[...double].map((column) => `duplicate_column:${column}`)];
}

function judgeRow(file: FileName, { row, header }: { row: CsvRow; header: string[] }, run: Run): 'same' | { codes: string[] } | { flags: string[] } {
  if (!row.sound || row.cells.length !== header.length) return { codes: ['wrong_cell_count'] };
  const cells = cellsOf(file, header, row.cells);
  const reference = cells[referenceOf[file]]!;
  const holder = run.rows[file].get(reference);
  if (holder && Object.keys(cells).every((column) => cells[column] === holder.cells[column])) return 'same';
  const reading = readCells(file, cells);
  const codes = codesOf(file, reading, run);
  if (codes.length > 0) return { codes };
  const born = file === 'people' ? plausibleBirth(cells.date_of_birth!, run.began) : undefined;
  run.rows[file].set(reference, { cells, times: reading.times, ...(born ? { born } : {}) });
  if (file === 'enquiries') run.enquiryOf.set(cells.concern_ref!, reference);
  return { flags: flagsOf(file, reading, run) };
}

/** A column the file does not have is a column of empty cells. */
function cellsOf(file: FileName, header: string[], cells: string[]): Record<string, string> {
  return Object.fromEntries(Object.keys(columnsOf[file]).map((column) => [column, cells[header.indexOf(column)] ?? '']));
}
