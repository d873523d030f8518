/** A row of a file: `raw` is its text without the line end, one character a byte. */
export interface CsvRow {
  line: number;
  raw: string;
  cells: string[];
  /** False when a quote never closed, which makes this the last row. */
  closed: boolean;
  /** False when a quote never closed or the bytes are not UTF-8: its cells cannot be trusted. */
  sound: boolean;
}

interface Piece { text: string; end: number; closed: boolean }

const byteOrderMark = '\u00ef\u00bb\u00bf';
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a whole file: every row that is not blank, the header first. */
export function parseCsv(bytes: Buffer): CsvRow[] {
  const text = bytes.toString('latin1');
  const rows: CsvRow[] = [];
  let at = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  let line = 1;
  while (at < text.length) {
    const { row, next } = readRow(text, at, line);
    if (row.raw !== '') rows.push(row);
    line += lineFeeds(text, at, next);
    at = next;
  }
  return rows;
}

/** Writes rows as RFC 4180 asks, quoting only the cells that need it. */
export function writeCsv(rows: string[][], lineEnd = '\n'): string {
  return rows.map((cells) => cells.map(quoted).join(',') + lineEnd).join('');
}

/** A cell as it is written to a file. */
export function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function readRow(text: string, start: number, line: number): { row: CsvRow; next: number } {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const piece = readCell(text, at);
    cells.push(piece.text);
    at = piece.end;
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    const row = decoded({ line, raw: text.slice(start, at), cells, closed: piece.closed, sound: piece.closed });
    return { row, next: at + (text[at] === '\r' ? 2 : 1) };
  }
}

/** A quote opens a quoted cell at its very beginning; anywhere else in an open cell it is a character like any other. */
function readCell(text: string, start: number): Piece {
  if (text[start] !== '"') {
    const end = endOfOpenText(text, start);
    return { text: text.slice(start, end), end, closed: true };
  }
  let cell = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return { text: cell + text.slice(at), end: text.length, closed: false };
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const end = endOfOpenText(text, quote + 1);
      return { text: cell + text.slice(quote + 1, end), end, closed: true };
    }
    cell += '"';
    at = quote + 2;
  }
}

function endOfOpenText(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && !(text[at] === '\r' && text[at + 1] === '\n')) at += 1;
  return at;
}

function lineFeeds(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function decoded(row: CsvRow): CsvRow {
  if (!/\P{ASCII}/u.test(row.raw)) return row;
  try {
    return { ...row, cells: row.cells.map((cell) => utf8.decode(Buffer.from(cell, 'latin1'))) };
  } catch {
    return { ...row, sound: false };
  }
}
