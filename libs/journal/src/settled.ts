import { setTimeout as pause } from 'node:timers/promises';
import type { Queries } from './database.js';

/** The tables whose rows are only added and are numbered as they come, with the column that numbers them. */
export const logs = { journal: 'position', read_audit: 'id', resending: 'id' } as const;
export type Log = keyof typeof logs;

/** A transaction that writes has been open for longer than anybody wants to wait. */
export class Unsettled extends Error {
  override readonly name = 'Unsettled';
}

const pollMs = 10;

const writing = (table: string): string => `
select virtualtransaction as id from pg_locks
where relation = '${table}'::regclass and mode = 'RowExclusiveLock' and pid is distinct from pg_backend_pid()
and database = (select oid from pg_database where datname = current_database())`;

/**
 * The position up to which a log is settled: every row at or below it is committed, or never will be. The order of
 * positions is not the order of commits, nor that of transaction ids, but whoever holds a position holds the lock of a
 * writer, so this waits for those who hold it now. Throws `Unsettled` when one of them takes longer than `patienceMs`.
 */
export async function settledUpTo(queries: Queries, log: Log = 'journal', patienceMs = 30_000): Promise<number> {
  const [row]: { last: number | null }[] = await queries.query(`select max(${logs[log]}) as last from ${log}`);
  await untilWritten(queries, log, patienceMs);
  return row!.last ?? 0;
}

/** Waits for those who are writing to a table now, and not for those who begin meanwhile. Throws `Unsettled` when one of them takes longer. */
export async function untilWritten(queries: Queries, table: string, patienceMs = 30_000): Promise<void> {
  let writers: { id: string }[] = await queries.query(writing(table));
  for (const end = performance.now() + patienceMs; writers.length > 0; ) {
    if (performance.now() > end) throw new Unsettled(`a transaction has been writing to ${table} for ${patienceMs / 1_000} seconds`);
    await pause(pollMs);
    writers = await queries.query(`${writing(table)} and virtualtransaction = any($1)`, [writers.map(({ id }) => id)]);
  }
}
