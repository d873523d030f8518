import pg from 'pg';
import { columns, type Table } from './insert-rows.js';

interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** One `copy … from stdin` whose lines are all there already. */
class Copy extends pg.Query {
  constructor(
    statement: string,
    private readonly lines: Buffer,
    done: (error: Error | undefined) => void,
  ) {
    super(statement, undefined, (error) => done(error ?? undefined));
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.lines);
    connection.endCopyFrom();
  }
}

/** Writes rows by `copy`: for the database a third of the work of an insert. */
export async function copyRows(client: pg.Client, table: Table, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const entries = Object.entries(columns[table]);
  const names = entries.map(([name]) => name);
  const writers = entries.map(([, type]) => writer[type] ?? plain);
  let lines = '';
  for (const row of rows) {
    for (let at = 0; at < names.length; at += 1) {
      const value = (row as Record<string, unknown>)[names[at]!];
      lines += (at === 0 ? '' : '\t') + (value === null || value === undefined ? '\\N' : writers[at]!(value));
    }
    lines += '\n';
  }
  await new Promise<void>((resolve, reject) => {
    client.query(new Copy(`copy ${table} (${names.join(', ')}) from stdin`, Buffer.from(lines), (error) => (error ? reject(error) : resolve())));
  });
}

const special = /[\\\n\r\t]/g;
const escaped: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escape = (text: string): string => text.replace(special, (character) => escaped[character]!);

/** Numbers, ids and times hold nothing that would have to be escaped. */
const plain = String;

const writer: Readonly<Record<string, (value: unknown) => string>> = {
  text: (value) => escape(value as string),
  jsonb: (value) => escape(JSON.stringify(value)),
  'text[]': (value) => escape(`{${(value as string[]).map((element) => JSON.stringify(element)).join(',')}}`),
};
