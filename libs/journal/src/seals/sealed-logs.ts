import { createHmac, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Queries } from '../database.js';
import type { Vault } from '../keys/vault.js';
import { openReason, reasonOf } from '../reasons.js';
import { type Log, logs } from '../settled.js';

/** A row of a log, as far as a seal looks at it. */
export type LogRow = Record<string, unknown>;

export interface Range {
  after: number;
  upTo: number;
  limit: number;
}

/** Where a log is read. */
export interface LogSource {
  queries: Queries;
  vault: Vault;
}

/** A page of a log's rows, in order. */
export async function rowsOf({ queries, vault }: LogSource, log: Log, { after, upTo, limit }: Range): Promise<LogRow[]> {
  const key = logs[log];
  const range = `where ${key} > $1 and ${key} <= $2 order by ${key} limit $3`;
  // Of the journal only the hash is read: the chain shows whether the rest of the row is what was hashed.
  if (log === 'journal') return queries.query(`select position, hash from journal ${range}`, [after, upTo, limit]);
  const rows: MovedRow[] = await queries.query(
    `select ${log}.*, reason.text_id as "movedText", reason.cipher as "movedCipher" from ${log} ${reasonOf(log)} and reason.row_id is not null ${range}`,
    [after, upTo, limit],
  );
  return rows.map((row) => asSealed(vault, row));
}

type MovedRow = LogRow & { movedText: string | null; movedCipher: Buffer | null };

/** Words that lay in the row when it was sealed stand there again. */
function asSealed(vault: Vault, { movedText: textId, movedCipher: cipher, ...row }: MovedRow): LogRow {
  if (textId === null || row['why'] !== null) return row;
  try {
    return { ...row, why: openReason(vault, { textId, cipher }) };
  } catch {
    return row;
  }
}

export const positionOf = (log: Log, row: LogRow): number => row[logs[log]] as number;

/**
 * What stands for a row in a seal: under the key, so that nobody can guess at a row from outside. Columns without a value
 * are left out, so that a column that is added later changes no seal of before.
 */
export function leafOf(key: KeyObject, log: Log, row: LogRow): Buffer {
  const hmac = createHmac('sha256', key).update(`leaf\0${log}\0${positionOf(log, row)}\0`);
  if (log === 'journal') return hmac.update(row['hash'] as Buffer).digest();
  const told = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  return hmac.update(canonicalize(told) ?? '').digest();
}
