import { isAscii } from 'node:buffer';

/** One row of the file as it stands there. `line` is the physical line on which it starts. */
export interface Split {
  readonly line: number;
  readonly cells: string[];
  /** A record that outgrows its bound is taken for one whose quote is never closed. */
  readonly problem?: 'not_utf8' | 'never_closed';
}

export interface Bounds {
  /** A record longer than this is taken for one whose quote is never closed: it and all that follows are one row. */
  readonly recordBytes: number;
  /** What is kept of such a record. */
  readonly keptBytes: number;
}

const MIB = 1024 * 1024;
const BOUNDS: Bounds = { recordBytes: 32 * MIB, keptBytes: MIB };

const COMMA = 44;
const LINE_FEED = 10;
const NOT_ASCII = /[\u0080-\u00ff]/;

/**
 * Splits bytes into rows: RFC 4180, LF or CRLF, blank lines skipped. Feed it chunks, then take rows until there is none.
 *
 * Bytes are held as Latin-1, a character each, and searched with `indexOf`; cells become UTF-8 only where a byte is not
 * ASCII. No byte of a longer UTF-8 sequence can be mistaken for a comma, a quote or a line end.
 */
export class RecordSplitter {
  #text = '';
  #position = 0;
  #line = 1;
  /** Where the next quote stands; behind the position when it has to be looked for again. */
  #quote = -1;
  #chunks: string[] = [];
  #chunkBytes = 0;
  /** Bytes that must come before another look at an unfinished record pays. */
  #wanted = 0;
  #needsMore = true;
  #isAscii = true;
  #hasBegun = false;
  #hasEnded = false;
  #isLast = false;
  #isDrained = false;

  constructor(readonly bounds: Bounds = BOUNDS) {}

  /** Takes the next bytes of the file. */
  feed(bytes: Uint8Array): void {
    if (this.#isDrained || bytes.length === 0) return;
    this.#isAscii &&= isAscii(bytes);
    this.#chunks.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
    this.#chunkBytes += bytes.length;
  }

  /** Says that no more bytes come. */
  end(): void {
    this.#hasEnded = true;
  }

  /** The next row, or undefined when it takes more bytes to tell, or after the last. */
  next(): Split | undefined {
    while (!this.#needsMore || this.#refill()) {
      const split = this.#scan();
      if (split !== undefined) return split;
      const rest = this.#text.length - this.#position;
      if (rest > this.bounds.recordBytes) return this.#drain();
      // Doubling what is held before looking again keeps the cost of a cell of megabytes linear.
      this.#wanted = Math.min(rest, this.bounds.recordBytes + 1 - rest);
      this.#needsMore = true;
    }
    return undefined;
  }

  #refill(): boolean {
    if (this.#isLast || (!this.#hasEnded && (this.#chunkBytes === 0 || this.#chunkBytes < this.#wanted))) return false;
    if (!this.#hasBegun && !this.#hasEnded && this.#chunkBytes < 3) return false;
    const rest = this.#text.slice(this.#position);
    this.#text = withoutMark([rest, ...this.#chunks].join(''), this.#hasBegun);
    this.#isAscii = this.#isAscii || !NOT_ASCII.test(this.#text);
    this.#hasBegun = true;
    this.#position = 0;
    this.#quote = -1;
    this.#chunks = [];
    this.#chunkBytes = 0;
    this.#needsMore = false;
    this.#isLast = this.#hasEnded;
    return true;
  }

  #scan(): Split | undefined {
    while (this.#position < this.#text.length) {
      const found = this.#text.indexOf('\n', this.#position);
      if (found === -1 && !this.#isLast) return undefined;
      const end = found === -1 ? this.#text.length : found;
      if (this.#nextQuote() < end) return this.#quotedRecord();
      const line = withoutReturn(this.#text.slice(this.#position, end));
      this.#position = end + 1;
      this.#line += 1;
      if (line !== '') return this.#split(line.split(','), this.#line - 1);
    }
    return undefined;
  }

  #nextQuote(): number {
    if (this.#quote < this.#position) {
      const found = this.#text.indexOf('"', this.#position);
      this.#quote = found === -1 ? Number.POSITIVE_INFINITY : found;
    }
    return this.#quote;
  }

  #quotedRecord(): Split | undefined {
    const cells: string[] = [];
    const text = this.#text;
    let at = this.#position;
    for (;;) {
      let quoted = '';
      if (text[at] === '"') {
        const close = closingQuote(text, at + 1);
        if (close === -1) return this.#isLast ? this.#unclosed([...cells, text.slice(at + 1)]) : undefined;
        quoted = text.slice(at + 1, close).replaceAll('""', '"');
        at = close + 1;
      }
      const end = cellEnd(text, at);
      if (end === text.length && !this.#isLast) return undefined;
      const plain = text.slice(at, end);
      at = end + 1;
      if (text.charCodeAt(end) === COMMA) {
        cells.push(quoted + plain);
      } else {
        cells.push(quoted + withoutReturn(plain));
        return this.#advance(cells, at);
      }
    }
  }

  #advance(cells: string[], to: number): Split {
    const line = this.#line;
    for (let at = this.#text.indexOf('\n', this.#position); at !== -1 && at < to; at = this.#text.indexOf('\n', at + 1)) this.#line += 1;
    this.#position = to;
    return this.#split(cells, line);
  }

  #split(cells: string[], line: number): Split {
    if (this.#isAscii || !cells.some((cell) => NOT_ASCII.test(cell))) return { line, cells };
    try {
      return { line, cells: cells.map((cell) => decoded(cell, strict)) };
    } catch {
      return { line, cells: cells.map((cell) => decoded(cell, lenient)), problem: 'not_utf8' };
    }
  }

  #drain(): Split {
    this.#isDrained = true;
    this.#isLast = true;
    this.#chunks = [];
    return this.#unclosed([this.#text.slice(this.#position, this.#position + this.bounds.keptBytes)]);
  }

  #unclosed(cells: string[]): Split {
    // Decoding copies: a slice would keep the whole text alive.
    const kept = cells.map((cell) => lenient.decode(Buffer.from(cell.slice(0, this.bounds.keptBytes), 'latin1')));
    this.#text = '';
    this.#position = 0;
    return { line: this.#line, cells: kept, problem: 'never_closed' };
  }
}

// A mark at the start of the file is dropped by hand: in a cell it is text.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

function decoded(cell: string, decoder: typeof strict): string {
  return NOT_ASCII.test(cell) ? decoder.decode(Buffer.from(cell, 'latin1')) : cell;
}

function withoutMark(text: string, hasBegun: boolean): string {
  return !hasBegun && text.startsWith('\u00ef\u00bb\u00bf') ? text.slice(3) : text;
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** The quote that ends a quoted cell, or -1. At the very end of the text it may prove to be the first of two. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** Where the unquoted rest of a cell ends: at a comma, a line end, or the end of the text. */
function cellEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === COMMA || character === LINE_FEED) return at;
    at += 1;
  }
  return at;
}
