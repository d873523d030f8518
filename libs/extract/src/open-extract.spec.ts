import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { type Columns, openExtract, type Row } from './open-extract.js';

const columns: Columns = { required: ['ref', 'at'], optional: ['kind', 'note'] };

async function* chunks(content: string | Uint8Array, size = 1 << 16): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(content: string | Uint8Array, batchSize?: number) {
  const extract = await openExtract(chunks(content), columns, batchSize);
  if ('refused' in extract) throw new Error(`refused: ${extract.refused.join()}`);
  const batches: Row[][] = [];
  for await (const batch of extract.batches) batches.push(batch);
  return { ...extract, batches, rows: batches.flat() };
}

async function refused(content: string | Uint8Array): Promise<string[] | undefined> {
  const extract = await openExtract(chunks(content), columns);
  return 'refused' in extract ? extract.refused : undefined;
}

describe('the header of an extract', () => {
  it('may have its columns in any order, and leave optional ones out', async () => {
    const { rows, unknownColumns } = await read('note,at,ref\nn,t,r\n');
    expect(rows).toEqual([{ line: 2, cells: { ref: 'r', at: 't', kind: '', note: 'n' }, raw: ['n', 't', 'r'] }]);
    expect(unknownColumns).toEqual([]);
  });
  it('names the columns that are not known, and leaves their cells aside', async () => {
    const { rows, unknownColumns } = await read('ref,shoe_size,at,__proto__\nr,9,t,x\n');
    expect(unknownColumns).toEqual(['shoe_size', '__proto__']);
    expect(rows[0]?.cells).toEqual({ ref: 'r', at: 't', kind: '', note: '' });
  });
  it('refuses the file when a required column is missing', async () => {
    expect(await refused('ref,kind\nr,k\n')).toEqual(['at']);
    expect(await refused('kind\nk\n')).toEqual(['ref', 'at']);
    expect(await refused('ref, at\n')).toEqual(['at']);
    expect(await refused('ref,AT\n')).toEqual(['at']);
    expect(await refused('ref;at\n')).toEqual(['ref', 'at']);
  });
  it('refuses the file when a column is there twice, known or not', async () => {
    expect(await refused('ref,at,kind,kind\n')).toEqual(['duplicate_column:kind']);
    expect(await refused('ref,at,x,x,x\n')).toEqual(['duplicate_column:x']);
    expect(await refused('ref,ref\n')).toEqual(['at', 'duplicate_column:ref']);
  });
  it('refuses a file without one', async () => {
    expect(await refused('')).toEqual(['ref', 'at']);
    expect(await refused('\n\r\n')).toEqual(['ref', 'at']);
    expect(await refused('\uFEFF')).toEqual(['ref', 'at']);
    expect(await refused('ref,at,"kind\nr,t,k\n')).toEqual(['ref', 'at']);
  });
  it('may be quoted, follow a byte-order mark or blank lines, and be all there is', async () => {
    expect((await read('\uFEFF"ref","at"\r\nr,t\r\n')).rows).toHaveLength(1);
    expect((await read('\n\nref,at\nr,t\n')).rows[0]?.line).toBe(4);
    expect((await read('ref,at')).rows).toEqual([]);
    expect((await read('ref,at\n')).batches).toEqual([]);
  });
});

const wrong = (content: string | Uint8Array) => read(content).then(({ rows }) => rows.map((row) => row.wrongCellCount === true));
const sizes = ({ batches }: { batches: Row[][] }) => batches.map((batch) => batch.length);

describe('the rows of an extract', () => {
  it('have a wrong cell count with more or fewer cells than the header', async () => {
    expect(await wrong('ref,at\nr,t\nr\nr,t,\nr,t,x\n""\n  \n,\n')).toEqual([false, true, true, true, true, true, false]);
  });
  it('have a wrong cell count when their bytes are not UTF-8, and only those', async () => {
    expect(await wrong(Buffer.from('ref,at\nr,t\nr,\u00e9\nr,t\n', 'latin1'))).toEqual([false, true, false]);
    expect(await wrong('ref,at\nr,é\n')).toEqual([false]);
    const { rows } = await read(Buffer.from('ref,at\nr,\u00e9\nr,\u00e8\n', 'latin1'));
    expect(rows.map(({ raw, isLatin1 }) => [raw[1], isLatin1])).toEqual([['é', true], ['è', true]]);
  });
  it('are one to the end of the file where a quote is never closed', async () => {
    const { rows } = await read('ref,at\nr,t\nr,"t\nr,t\nr,t\n');
    expect(rows.map(({ line, wrongCellCount }) => [line, wrongCellCount])).toEqual([[2, undefined], [3, true]]);
    expect(rows[1]?.raw).toEqual(['r,"t\nr,t\nr,t\n']);
    expect(rows[1]?.cells).toEqual({ ref: '', at: '', kind: '', note: '' });
  });
  it('skip blank lines, which count as lines', async () => {
    const { rows } = await read('ref,at\n\nr,"a\nb"\n\r\nr,t\n');
    expect(rows.map((row) => row.line)).toEqual([3, 6]);
  });
  it('come in batches, smaller where their cells are large', async () => {
    expect(sizes(await read(`ref,at\n${'r,t\n'.repeat(25)}`, 10))).toEqual([10, 10, 5]);
    expect(sizes(await read(`ref,at\n${'r,t\n'.repeat(20)}`, 10))).toEqual([10, 10]);
    expect(sizes(await read(`ref,at\n${`r,${'t'.repeat(2_100_000)}\n`.repeat(2)}r,t\n`, 10))).toEqual([2, 1]);
  });
});

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('ref,at\nr,t\n');
  throw new Error('cut off');
}

describe('the source of an extract', () => {
  it('is read no faster than batches are taken, and let go when nobody wants more', async () => {
    let given = 0;
    let isReleased = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('ref,at\n');
        for (;;) {
          given += 1;
          yield Buffer.from('r,t\n'.repeat(100));
        }
      } finally {
        isReleased = true;
      }
    }
    const extract = await openExtract(endless(), columns, 100);
    if ('refused' in extract) throw new Error('refused');
    let taken = 0;
    for await (const batch of extract.batches) {
      taken += batch.length;
      if (taken === 500) break;
    }
    // The last line end of a piece is told from half a record only by what follows it.
    expect(given).toBe(6);
    expect(isReleased).toBe(true);
  });
  it('is read to its end when the file is refused, so that its sender hears why', async () => {
    const source = chunks(`kind\n${'k\n'.repeat(1000)}`, 16);
    expect(await openExtract(source, columns)).toEqual({ refused: ['ref', 'at'] });
    expect((await source.next()).done).toBe(true);
  });
  it('hands on its failure', async () => {
    const extract = await openExtract(failing(), columns);
    if ('refused' in extract) throw new Error('refused');
    await expect(extract.batches[Symbol.asyncIterator]().next()).rejects.toThrow('cut off');
  });
  it('may be the packed example, whose every row is whole', async () => {
    const path = join(process.cwd(), 'examples/northamptonshire/enquiries.csv.gz');
    const required = ['enquiry_ref', 'concern_ref', 'opened_at'];
    const extract = await openExtract(createReadStream(path).pipe(createGunzip()), { required, optional: [] });
    if ('refused' in extract) throw new Error('refused');
    let rows = 0;
    for await (const batch of extract.batches) {
      for (const row of batch) if (row.wrongCellCount !== true && row.cells.enquiry_ref !== '') rows += 1;
    }
    expect(rows).toBe(6_296);
  });
});
