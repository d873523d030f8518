import { type CsvError, type Options, parse, type Parser } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';

/** One row of the file as it stands there. `line` is the physical line on which it starts. */
export interface Split {
  readonly line: number;
  /** Of a record whose quote is never closed there is one: its text as it stands in the file. */
  readonly cells: string[];
  readonly problem?: 'not_utf8' | 'never_closed';
  /** The bytes are not UTF-8: each stands in the cells as the Latin-1 character of its number, so that none is lost. */
  readonly isLatin1?: true;
}

export interface Bounds {
  /** A record longer than this is taken for one whose quote is never closed: it and all that follows are one row. */
  readonly recordBytes: number;
  /** What is kept of such a record. */
  readonly keptBytes: number;
}

const MIB = 1024 * 1024;
const BOUNDS: Bounds = { recordBytes: 32 * MIB, keptBytes: MIB };

/**
 * Read as Latin-1, a character is a byte, so that a row of bytes which are not UTF-8 can be told from its neighbours.
 * No byte of a longer UTF-8 sequence can be mistaken for a comma, a quote or a line end.
 */
const DIALECT = {
  encoding: 'latin1',
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
} satisfies Options;

const MARK = Buffer.from('\uFEFF');
const NOT_ASCII = /[\u0080-\u00ff]/;
const BLANK_LINES = /^(?:\r?\n)+/;

/**
 * Splits bytes into rows: RFC 4180, LF or CRLF, blank lines skipped. The rows come as those that end in one piece of
 * the source, which is read no faster than they are taken.
 */
export async function* splitRecords(source: AsyncIterable<Uint8Array>, bounds = BOUNDS): AsyncGenerator<Split[]> {
  const splitter = new RecordSplitter(bounds);
  for await (const bytes of withoutMark(source)) yield await splitter.take(bytes);
  yield await splitter.end();
}

class RecordSplitter {
  readonly #parser: Parser;
  #rows: Split[] = [];
  /** What is held of the file, and how much of that has become rows. */
  #text = '';
  #taken = 0;
  /** Where the held starts in the file, and the physical line up to which it has become rows. */
  #start = 0;
  #line = 1;
  #isOver = false;

  constructor(readonly bounds: Bounds) {
    // Nothing is handed to the stream's reading side, so it never fills up and needs nobody to read it.
    this.#parser = parse({
      ...DIALECT,
      on_record: (cells: string[], { bytes }) => {
        this.#rows.push(this.#split(cells, bytes - this.#start));
        return null;
      },
    });
    // Every failure is told to whoever wrote, too; one that nobody listens for ends the process.
    this.#parser.on('error', () => undefined);
  }

  async take(bytes: Uint8Array): Promise<Split[]> {
    if (this.#isOver) return [];
    this.#start += this.#taken;
    this.#text = this.#text.slice(this.#taken) + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    this.#taken = 0;
    await this.#write(bytes);
    if (this.#text.length - this.#taken > this.bounds.recordBytes) this.#neverClosed();
    return this.#handOver();
  }

  async end(): Promise<Split[]> {
    if (this.#isOver) return [];
    // Half a line end at the end of the file is one.
    if (this.#text.endsWith('\r')) await this.#write(Buffer.from('\n'));
    const failure = await new Promise<CsvError | null | undefined>((resolve) => {
      this.#parser.end(resolve);
    });
    if (failure?.code === 'CSV_QUOTE_NOT_CLOSED') this.#neverClosed();
    else if (failure) throw failure;
    return this.#handOver();
  }

  #write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#parser.write(bytes, (failure) => (failure ? reject(failure) : resolve()));
    });
  }

  #handOver(): Split[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #split(cells: string[], end: number): Split {
    const record = this.#next(end);
    const line = this.#line;
    this.#line += lineEnds(record);
    const whole = cells.some((cell) => cell.startsWith('"')) ? withQuotesJoined(record) : cells;
    if (!NOT_ASCII.test(record)) return { line, cells: whole };
    try {
      return { line, cells: whole.map(decoded) };
    } catch {
      return { line, cells: whole, problem: 'not_utf8', isLatin1: true };
    }
  }

  #neverClosed(): void {
    const record = this.#next(this.#text.length);
    this.#rows.push({ line: this.#line, ...startOf(record, this.bounds.keptBytes), problem: 'never_closed' });
    this.#isOver = true;
    this.#text = '';
    this.#parser.destroy();
  }

  /** The text of the record that ends here. The blank lines before it are passed, and counted. */
  #next(end: number): string {
    const text = this.#text.slice(this.#taken, end);
    this.#taken = end;
    const blank = BLANK_LINES.exec(text)?.[0] ?? '';
    this.#line += lineEnds(blank);
    return text.slice(blank.length);
  }
}

// A mark at the start of the file is dropped by hand: in a cell it is text.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decoded = (cell: string): string => (NOT_ASCII.test(cell) ? strict.decode(Buffer.from(cell, 'latin1')) : cell);

/** The start of a text as one cell. A letter that the cut went through is left out. */
function startOf(record: string, bytes: number): Pick<Split, 'cells' | 'isLatin1'> {
  // Through a buffer, which copies: a slice would keep the whole text alive.
  const start = Buffer.from(record.slice(0, bytes), 'latin1');
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { cells: [decoder.decode(start, { stream: record.length > bytes })] };
  } catch {
    return { cells: [start.toString('latin1')], isLatin1: true };
  }
}

async function* withoutMark(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const bytes of source) {
    if (head === undefined) {
      yield bytes;
    } else {
      head = Buffer.concat([head, bytes]);
      if (head.length < MARK.length) continue;
      yield head.subarray(MARK.equals(head.subarray(0, MARK.length)) ? MARK.length : 0);
      head = undefined;
    }
  }
  if (head !== undefined) yield head;
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/**
 * The cells of a record, the text after a closing quote joined to what was quoted. The parser leaves such a cell as it is
 * written but for its doubled quotes, which here are told from single ones by how many bytes the cell takes in the file.
 */
function withQuotesJoined(record: string): string[] {
  let start = 0;
  const join = (cell: string, { bytes, quoting }: { bytes: number; quoting: boolean }): string => {
    const dropped = bytes - start - cell.length;
    start = bytes + 1;
    return quoting && cell.startsWith('"') ? joined(cell, dropped) : cell;
  };
  // Half a line end at the end of the file is made whole; after a whole one it is a blank line.
  const [cells = []] = parseAtOnce(Buffer.from(`${record}\n`, 'latin1'), { ...DIALECT, cast: join });
  return cells;
}

function joined(cell: string, dropped: number): string {
  const parts = cell.split('"');
  const quotes = parts.length - 1;
  // A well-formed cell drops its outer quotes and one for each it keeps. One with text behind it keeps the outer two.
  if (dropped > quotes - 2) return cell;
  const quoted = parts.slice(1, dropped + 2).join('"');
  return quoted + parts.slice(dropped + 2).join('"');
}
