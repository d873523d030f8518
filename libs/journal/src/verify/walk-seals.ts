import { setTimeout as pause } from 'node:timers/promises';
import type { Queries } from '../database.js';
import type { Vault } from '../keys/vault.js';
import { numberIn, readSeal, type Sealed } from '../seals/seal.js';
import type { SealFile } from '../seals/seal-file.js';
import { greatestNumber, sealRows } from '../seals/seal-table.js';
import type { Finding } from './check.js';

export interface Seals {
  service: string;
  queries: Queries;
  file: SealFile;
  vault: Vault;
}

/** A seal that is genuine, or something wrong with the seals themselves. */
export type Step = { sealed: Sealed } | { finding: Finding };

interface Line {
  number: number;
  line: string;
}

/** A seal is written to the table and then to the file; in between it is nowhere missing. */
const writingMs = 2_000;

/** Every seal in order, from the table and the file side by side, and what is wrong with them. Those made meanwhile are left out. */
export async function* walkSeals(seals: Seals): AsyncGenerator<Step> {
  const greatest = await greatestNumber(seals.queries);
  await untilWritten(seals.file, greatest);
  let before: Sealed | undefined;
  let beforeInTable: Sealed | undefined;
  const putAside = new Set<string | undefined>();
  for await (const { number, inTable, inFile, finding } of sideBySide(sealRows(seals.queries), numbered(seals.file))) {
    if (finding) yield { finding };
    if (number === undefined) continue;
    if (number > greatest && number <= (await greatestNumber(seals.queries))) return;
    const [ofTable, ofFile] = [genuine(seals, number, inTable), genuine(seals, number, inFile)];
    for (const what of faultsOf({ inTable, inFile, ofTable, ofFile })) yield { finding: { what, where: { seal: number } } };
    const sealed = ofTable ?? ofFile;
    if (!sealed) continue;
    const gap = gapBetween(before, sealed, beforeInTable);
    if (gap) yield { finding: gap };
    // Whoever has an old key could go on from where it was put aside.
    if (putAside.has(sealed.seal.key)) yield { finding: { what: 'a seal is under a key that an earlier one had left behind', where: { seal: number } } };
    else if (before && before.seal.key !== sealed.seal.key) putAside.add(before.seal.key);
    before = sealed;
    if (ofTable) beforeInTable = ofTable;
    yield { sealed };
  }
}

async function untilWritten(file: SealFile, number: number): Promise<void> {
  for (const end = performance.now() + writingMs; performance.now() < end; await pause(50)) {
    if ((numberIn((await file.lastLine()) ?? '') ?? 0) >= number) return;
  }
}

function genuine({ vault, service }: Seals, number: number, line: string | undefined): Sealed | undefined {
  const sealed = line === undefined ? undefined : readSeal(vault.keysFor('seal'), line);
  return sealed?.seal.number === number && sealed.seal.service === service ? sealed : undefined;
}

interface Copies {
  inTable: string | undefined;
  inFile: string | undefined;
  ofTable: Sealed | undefined;
  ofFile: Sealed | undefined;
}

function faultsOf({ inTable, inFile, ofTable, ofFile }: Copies): string[] {
  const faults: string[] = [];
  if (inTable === undefined) faults.push('a seal is missing from the database');
  else if (!ofTable) faults.push('a seal was changed in the database');
  if (inFile === undefined) faults.push('a seal is missing from the seal file');
  else if (!ofFile) faults.push('a seal was changed in the seal file');
  if (ofTable && ofFile && inTable !== inFile) faults.push('a seal is another in the database than in the seal file');
  return faults;
}

/** A seal names the one before it: the one that the table held then, where the file alone knows seals between. */
function gapBetween(before: Sealed | undefined, { seal }: Sealed, beforeInTable: Sealed | undefined): Finding | undefined {
  const last = before?.seal.number ?? 0;
  if (seal.number > last + 1) return { what: 'seals are missing from the database and the seal file, or were changed in both', where: { from: last + 1, to: seal.number - 1 } };
  const known = [before?.hmac ?? null, beforeInTable?.hmac ?? null];
  return known.includes(seal.previous) ? undefined : { what: 'a seal does not follow from the one before it', where: { seal: seal.number } };
}

interface Pair {
  number?: number;
  inTable?: string | undefined;
  inFile?: string | undefined;
  finding?: Finding;
}

/** Rows and lines of the same number together. */
async function* sideBySide(rows: AsyncGenerator<Line>, lines: AsyncGenerator<Line | { finding: Finding }>): AsyncGenerator<Pair> {
  let [row, line] = [await rows.next(), await lines.next()];
  while (!row.done || !line.done) {
    if (!line.done && 'finding' in line.value) {
      yield line.value;
      line = await lines.next();
      continue;
    }
    const [ofRow, ofLine] = [row.done ? undefined : (row.value as Line), line.done ? undefined : (line.value as Line)];
    const number = Math.min(ofRow?.number ?? Number.POSITIVE_INFINITY, ofLine?.number ?? Number.POSITIVE_INFINITY);
    const [isRow, isLine] = [ofRow?.number === number, ofLine?.number === number];
    yield { number, inTable: isRow ? ofRow!.line : undefined, inFile: isLine ? ofLine!.line : undefined };
    if (isRow) row = await rows.next();
    if (isLine) line = await lines.next();
  }
}

/** The lines of the file with their numbers. What a crash left of a line stands before the same line written whole. */
async function* numbered(file: SealFile): AsyncGenerator<Line | { finding: Finding }> {
  let last = 0;
  let at = 0;
  let torn: { text: string; at: number } | undefined;
  for await (const line of file.lines()) {
    at += 1;
    if (torn && !line.startsWith(torn.text)) yield unreadable(torn.at);
    torn = undefined;
    const number = numberIn(line);
    if (number === undefined) torn = { text: line, at };
    else if (number <= last) yield { finding: { what: 'a seal stands in the seal file where it does not belong', where: { line: at, seal: number } } };
    else yield { number: (last = number), line };
  }
}

const unreadable = (line: number): { finding: Finding } => ({ finding: { what: 'a line of the seal file cannot be read', where: { line } } });
