import * as fc from 'fast-check';
import { type Bounds, type Split, splitRecords } from './record-splitter.js';

async function* pieces(content: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function split(content: string | Uint8Array, size = 1 << 16, bounds?: Bounds): Promise<Split[]> {
  const rows: Split[] = [];
  for await (const some of splitRecords(pieces(content, size), bounds)) rows.push(...some);
  return rows;
}

const cells = (rows: Split[]) => rows.map((row) => row.cells);
const lines = async (content: string) => (await split(content)).map((row) => row.line);
const problems = async (content: string | Uint8Array) => (await split(content)).map((row) => row.problem);

describe('splitting a file into rows', () => {
  it.each<[string, string, string[][]]>([
    ['line feeds', 'a,b\nc,d\n', [['a', 'b'], ['c', 'd']]],
    ['carriage returns and line feeds', 'a,b\r\nc,d\r\n', [['a', 'b'], ['c', 'd']]],
    ['both in one file', 'a,b\nc,d\r\ne,f\n', [['a', 'b'], ['c', 'd'], ['e', 'f']]],
    ['a last line without an end', 'a,b\nc,d', [['a', 'b'], ['c', 'd']]],
    ['a last line that ends in half a line end', 'a,b\nc,d\r', [['a', 'b'], ['c', 'd']]],
    ['blank lines', '\n\na,b\n\r\n\nc,d\n\n', [['a', 'b'], ['c', 'd']]],
    ['cells that are not trimmed', ' a , b\t\n', [[' a ', ' b\t']]],
    ['a line of spaces, which is not blank', 'a\n  \n', [['a'], ['  ']]],
    ['a line of commas', ',,\n', [['', '', '']]],
    ['a line of an empty quoted cell, which is not blank', '""\n', [['']]],
    ['quoted cells', '"a","b"\n', [['a', 'b']]],
    ['quoted commas', '"a,b",c\n', [['a,b', 'c']]],
    ['quoted quotes', '"a ""b"" c",""""\n', [['a "b" c', '"']]],
    ['quoted line ends', '"a\r\nb\nc",d\r\n', [['a\r\nb\nc', 'd']]],
    ['an empty quoted cell', '"",a,""\n', [['', 'a', '']]],
    ['a quote within an unquoted cell', 'a"b,c"\n', [['a"b', 'c"']]],
    ['a quote after a space', ' "a",b\n', [[' "a"', 'b']]],
    ['text after a closing quote', '"a"b,"c" ,d\n', [['ab', 'c ', 'd']]],
    ['such text, with quotes of its own', '"a,""b"c"d,"",e\n""f"g","h"i"\n"""j""k"l\n', [['a,"bc"d', '', 'e'], ['f"g"', 'hi"'], ['"j"kl']]],
    ['a quoted cell that begins or ends with a quote', '"""a"" b","a ""b""",""""""\n', [['"a" b', 'a "b"', '""']]],
    ['a quoted cell at the very end', 'a,"b"', [['a', 'b']]],
    ['a quoted cell and half a line end', 'a,"b"\r', [['a', 'b']]],
    ['a carriage return within a cell', 'a\rb,c\n', [['a\rb', 'c']]],
    ['a quoted carriage return at the end of a cell', '"a\r"\n', [['a\r']]],
    ['bytes that are zero', 'a\0b,"\0"\n', [['a\0b', '\0']]],
    ['letters beyond ASCII', 'Zoë,"naïve — 日本 🙂"\n', [['Zoë', 'naïve — 日本 🙂']]],
    ['a trailing comma', 'a,\n', [['a', '']]],
    ['nothing', '', []],
    ['only line ends', '\n\r\n\n', []],
  ])('takes %s', async (_, content, expected) => {
    for (const size of [1 << 16, 7, 3, 1]) expect(cells(await split(content, size))).toEqual(expected);
  });

  it('drops a byte-order mark at the start of the file and keeps one anywhere else', async () => {
    const mark = '\uFEFF';
    for (const size of [1 << 16, 2, 1]) {
      expect(cells(await split(`${mark}a,b\n${mark}c,d\n`, size))).toEqual([['a', 'b'], [`${mark}c`, 'd']]);
      expect(cells(await split(`${mark}"a,b"\n`, size))).toEqual([['a,b']]);
      expect(await split(mark, size)).toEqual([]);
    }
  });

  it('tells the physical line on which each row starts', async () => {
    expect(await lines('a\nb\n\n\nc\n')).toEqual([1, 2, 5]);
    expect(await lines('a\r\n\r\nb\r\nc')).toEqual([1, 3, 4]);
    expect(await lines('"a\nb\r\nc"\nd\n"e"\n\nf')).toEqual([1, 4, 5, 7]);
    expect(await lines('a\rb\nc\n')).toEqual([1, 2]);
  });

  it('marks the one row whose bytes are not UTF-8', async () => {
    const latin1 = Buffer.from('a,é\nZo\u00eb,b\n"\u00e9",c\nd,e\n', 'latin1');
    const rows = await split(Buffer.concat([Buffer.from('Zoë,x\n'), latin1]));
    expect(rows.map((row) => row.problem)).toEqual([undefined, 'not_utf8', 'not_utf8', 'not_utf8', undefined]);
    expect(rows[2]).toEqual({ line: 3, cells: ['Zo\u00eb', 'b'], problem: 'not_utf8', isLatin1: true });
    expect(rows[0]?.isLatin1).toBeUndefined();
    expect(rows.map((row) => row.line)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    ['overlong', [0xc0, 0x80]], ['surrogate', [0xed, 0xa0, 0x80]], ['cut short', [0xe2, 0x82]], ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]], ['a lone continuation', [0x80]],
  ])('does not take a sequence that is %s', async (_, bytes) => {
    expect(await problems(Buffer.from([97, 44, ...bytes, 10]))).toEqual(['not_utf8']);
  });

  it('makes a quote that is never closed one row, to the end of the file', async () => {
    for (const size of [1 << 16, 3, 1]) {
      const rows = await split('a,b\n\nc,"d\ne,f\n"" g,h\n', size);
      expect(rows).toEqual([{ line: 1, cells: ['a', 'b'] }, { line: 3, cells: ['c,"d\ne,f\n"" g,h\n'], problem: 'never_closed' }]);
    }
    expect(await problems('a,b\n"')).toEqual([undefined, 'never_closed']);
    expect(await problems('"a""')).toEqual(['never_closed']);
  });

  it('loses no byte of a quote that is never closed', async () => {
    expect(await split(Buffer.from('"Zo\u00eb', 'latin1'))).toEqual([{ line: 1, cells: ['"Zo\u00eb'], problem: 'never_closed', isLatin1: true }]);
    expect(await split('"Zoë')).toEqual([{ line: 1, cells: ['"Zoë'], problem: 'never_closed' }]);
  });

  it('keeps the start of a record beyond all bounds, and reads past the rest', async () => {
    const bounds = { recordBytes: 1000, keptBytes: 10 };
    for (const endless of ['x,"', 'x']) {
      const rows = await split(`a,b\n${endless}${'y\u00e9'.repeat(5000)}`, 64, bounds);
      expect(rows.map((row) => [row.line, row.problem, row.cells[0]?.slice(0, 1)])).toEqual([[1, undefined, 'a'], [2, 'never_closed', 'x']]);
      expect(rows[1]?.cells.join('').length).toBeLessThanOrEqual(10);
    }
  });

  it('takes cells of megabytes', async () => {
    const large = 'naïve, "quoted"\n'.repeat(100_000);
    const rows = await split(`a,"${large.replaceAll('"', '""')}"\nb,c\n`);
    expect(rows).toHaveLength(2);
    expect(rows[0]?.cells[1] === large).toBe(true);
    expect(rows[1]).toEqual({ line: 100_002, cells: ['b', 'c'] });
  });

  it('gives back whatever was written, however it is cut into chunks', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '🙂', ',', '"', '\n', '\r', ' ', '\0', '\uFEFF') });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 40 }), fc.boolean(), async (rows, lineEnd, size, hasMark) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        const content = (hasMark ? '\uFEFF' : '') + quoted.join(lineEnd);
        const read = await split(content, size);
        expect(cells(read)).toEqual(rows);
        expect(read.every((row) => row.problem === undefined)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('splits any bytes the same, however they are cut into chunks', async () => {
    const byte = fc.constantFrom(97, 34, 34, 44, 10, 13, 0xc3, 0xa9, 0xef, 0xbb, 0xbf, 0);
    await fc.assert(
      fc.asyncProperty(fc.array(byte, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (bytes, size) => {
        expect(await split(Buffer.from(bytes), size)).toEqual(await split(Buffer.from(bytes)));
      }),
      { numRuns: 2000 },
    );
  });

  it('splits plain cells without copying what they mean', async () => expect(cells(await split('=1+1,-2,@x\n'))).toEqual([['=1+1', '-2', '@x']]));
});
