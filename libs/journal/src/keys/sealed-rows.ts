import type { Queries } from '../database.js';
import type { Vault } from './vault.js';
import type { Wrapped } from './record-keys.js';

/** A row of which a part is encrypted under a key of the service's own. */
export interface SealedRow {
  place: string;
  sealed: Buffer;
}

/** A table with such rows, read and written under the role that reads every one. */
export interface SealedRows<Row extends SealedRow = SealedRow> {
  table: string;
  purpose: string;
  /** The rows after one, in an order. */
  after(queries: Queries, last: Row | undefined, limit: number): Promise<Row[]>;
  /** Puts another in the place of what is encrypted, unless somebody else has. */
  replace(queries: Queries, rows: { row: Row; sealed: Buffer }[]): Promise<void>;
}

const page = 500;

/** Encrypts under the first key whatever is under another, a page at a time, while everybody goes on. */
export async function* closeAnew<Row extends SealedRow>(queries: Queries, vault: Vault, rows: SealedRows<Row>): AsyncGenerator<Wrapped> {
  for (let last: Row | undefined; ; ) {
    const found = await rows.after(queries, last, page);
    const anew: { row: Row; sealed: Buffer }[] = [];
    let unreadable = 0;
    for (const row of found) {
      try {
        const sealed = vault.closedAnew(rows.purpose, row.place, row.sealed);
        if (sealed) anew.push({ row, sealed });
      } catch {
        unreadable += 1;
      }
    }
    if (anew.length > 0) await rows.replace(queries, anew);
    yield { wrapped: anew.length, unreadable };
    if (found.length < page) return;
    last = found.at(-1)!;
  }
}
