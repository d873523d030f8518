import { type Split, splitRecords } from './record-splitter.js';

/** The columns of one file of the extract, by name. */
export interface Columns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** A row to be judged. `cells` has every known column, empty where the cell or the whole column is; `raw` what stands in the file. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** More or fewer cells than the header, bytes that are not UTF-8, or a quote that is never closed: then nothing else is judged. */
  readonly wrongCellCount?: true;
  readonly raw: readonly string[];
  /** The bytes are not UTF-8, and stand in `raw` as Latin-1. */
  readonly isLatin1?: true;
}

/** The header decides: either the whole file is refused, naming why, or its rows come in batches. */
export type Extract = { readonly refused: string[] } | { readonly unknownColumns: string[]; readonly batches: AsyncIterable<Row[]> };

/** A batch ends early when its text reaches this many characters, so that cells of megabytes do not add up. */
const BATCH_CHARACTERS = 4 * 1024 * 1024;

/**
 * Opens one file of a legacy extract. Reading follows the taking of batches, so memory stays constant. A refused file
 * is read to its end, so that whoever sends it over HTTP gets to hear the answer.
 */
export async function openExtract(source: AsyncIterable<Uint8Array>, columns: Columns, batchSize = 1000): Promise<Extract> {
  const records = splitRecords(source);
  const [header, ...rest] = await firstOf(records);
  const names = header === undefined || header.problem === 'never_closed' ? [] : header.cells;
  const refused = whyRefused(names, columns);
  if (refused.length > 0) {
    while ((await records.next()).done !== true);
    return { refused };
  }
  const known = new Set([...columns.required, ...columns.optional]);
  const unknownColumns = names.filter((name) => !known.has(name));
  return { unknownColumns, batches: inBatches(after(rest, records), rowReader(names, columns), batchSize) };
}

/** The rows of the first piece that has any: the header and what came with it. */
async function firstOf(records: AsyncGenerator<Split[]>): Promise<Split[]> {
  for (;;) {
    const { done, value } = await records.next();
    if (done === true) return [];
    if (value.length > 0) return value;
  }
}

async function* after(first: Split[], records: AsyncGenerator<Split[]>): AsyncGenerator<Split[]> {
  try {
    yield first;
    yield* records;
  } finally {
    await records.return(undefined);
  }
}

async function* inBatches(records: AsyncIterable<Split[]>, toRow: (split: Split) => Row, batchSize: number): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  let characters = 0;
  for await (const splits of records) {
    for (const split of splits) {
      batch.push(toRow(split));
      for (const cell of split.cells) characters += cell.length;
      if (batch.length >= batchSize || characters >= BATCH_CHARACTERS) {
        yield batch;
        batch = [];
        characters = 0;
      }
    }
  }
  if (batch.length > 0) yield batch;
}

function rowReader(names: readonly string[], { required, optional }: Columns): (split: Split) => Row {
  const known = [...required, ...optional];
  const places = known.map((name) => ({ name, index: names.indexOf(name) }));
  const nothing = Object.freeze(Object.fromEntries(known.map((name) => [name, ''])));
  return ({ line, cells: raw, problem, isLatin1 }) => {
    if (problem !== undefined || raw.length !== names.length) {
      return { line, cells: nothing, wrongCellCount: true, raw, ...(isLatin1 && { isLatin1 }) };
    }
    const cells: Record<string, string> = {};
    for (const { name, index } of places) cells[name] = raw[index] ?? '';
    return { line, cells, raw };
  };
}

function whyRefused(names: readonly string[], { required }: Columns): string[] {
  const missing = required.filter((name) => !names.includes(name));
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...missing, ...[...twice].map((name) => `duplicate_column:${name}`)];
}
