import type { Tx } from '#libs/journal';
import type { ServiceTables } from './service-tables.ts';

/** A journal row as it is kept; the same names as in the table. */
export type JournalRow = Record<string, unknown> & { position: number; record_id: string; sequence: number };

const journalColumns = [
  'id', 'record_id', 'sequence', 'contract_sequence', 'type', 'authority', 'occurred_at', 'recorded_at', 'actor', 'data', 'traceparent', 'causation_id', 'hash',
] as const;

/**
 * The tables of a service as far as writing stories needs them, in memory: for specs that look at what is laid without a
 * database. It knows the statements of the journal, the keys and the read tables by what they begin with, and no SQL.
 */
export class MemoryTables implements ServiceTables {
  readonly journal: JournalRow[] = [];
  /** What was put into each table, as columns or as rows of JSON, in the order of the statements. */
  readonly inserts = new Map<string, unknown[][]>();
  readonly keys = new Map<string, Buffer>();
  readonly #stories = new Map<string, JournalRow[]>();

  #last: Promise<unknown> = Promise.resolve();

  /** One at a time, as one connection works. */
  within<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const done = this.#last.then(() => work({ query: async (sql: string, values: unknown[]) => this.#answer(sql.trim(), values) } as unknown as Tx));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** The last row that a read table was given of each key. */
  rowsOf(table: string, key: string): Map<string, Record<string, unknown>> {
    const rows = (this.inserts.get(table) ?? []).flatMap(([json]) => JSON.parse(json as string) as Record<string, unknown>[]);
    return new Map(rows.map((row) => [row[key] as string, row]));
  }

  #answer(sql: string, values: unknown[]): unknown[] {
    if (sql.startsWith('with told as')) return this.#append(values as (unknown[] | string)[]);
    if (sql.startsWith('select position, id, record_id')) return this.#storiesOf(values[0] as string[]);
    if (sql.startsWith('select record_id, wrapped from record_key')) return this.#keysOf(values[0] as string[]);
    if (sql.startsWith('insert into record_key')) return this.#keep(values as [string[], Buffer[]]);
    const table = /^(?:with (?:looks|awaited) .*?)?insert into (\w+)/s.exec(sql)?.[1];
    if (!table) throw new Error(`nothing here answers: ${sql.slice(0, 60)}`);
    this.inserts.set(table, [...(this.inserts.get(table) ?? []), values]);
    return [];
  }

  /** What is JSON comes as one text. */
  #append(columns: (unknown[] | string)[]): { position: number }[] {
    const lists = columns.map((column) => (typeof column === 'string' ? (JSON.parse(column) as unknown[]) : column));
    return lists[0]!.map((_, at) => {
      const row = Object.fromEntries(journalColumns.map((name, column) => [name, lists[column]![at]])) as JournalRow;
      row.position = this.journal.length + 1;
      this.journal.push(row);
      this.#stories.set(row.record_id, [...(this.#stories.get(row.record_id) ?? []), row]);
      return { position: row.position };
    });
  }

  #storiesOf(recordIds: string[]): JournalRow[] {
    return [...new Set(recordIds)].flatMap((id) => this.#stories.get(id) ?? []);
  }

  #keysOf(recordIds: string[]): { record_id: string; wrapped: Buffer }[] {
    return recordIds.flatMap((record_id) => (this.keys.has(record_id) ? [{ record_id, wrapped: this.keys.get(record_id)! }] : []));
  }

  #keep([recordIds, wrapped]: [string[], Buffer[]]): { record_id: string }[] {
    return recordIds.map((record_id, at) => {
      this.keys.set(record_id, wrapped[at]!);
      return { record_id };
    });
  }
}
