import { createHmac, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Queries } from '../database.js';
import { type Log, logs } from '../settled.js';

/** A row of a log, as far as a seal looks at it. */
export type LogRow = Record<string, unknown>;

/** Of the journal only the hash is read: the chain shows whether the rest of the row is what was hashed. */
const columns = (log: Log): string => (log === 'journal' ? 'position, hash' : '*');

/** A page of a log's rows, in order. */
export function rowsOf(queries: Queries, log: Log, range: { after: number; upTo: number; limit: number }): Promise<LogRow[]> {
  const { after, upTo, limit } = range;
  const key = logs[log];
  return queries.query(`select ${columns(log)} from ${log} where ${key} > $1 and ${key} <= $2 order by ${key} limit $3`, [after, upTo, limit]);
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
