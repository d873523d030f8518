import type { DataSource, EntityManager } from 'typeorm';
import { gaveWay } from '../database.js';
import type { DomainEvent } from '../event.js';
import { Records } from '../records.js';
import { type ReadTable, type ReadTables, readTables } from './read-tables.js';

/** What a repair came to. */
export interface Repaired {
  /** Records that were folded. */
  looked: number;
  /** Records whose rows were not what they should be and are now. */
  repaired: number;
}

type Maintain = Pick<DataSource, 'createQueryRunner' | 'transaction'>;

const batch = 200;
const mostTries = 5;

/**
 * Makes every read table what its journal makes of it, while the service goes on. All records are folded beside the live
 * tables first; where the two differ, the rows of a record change in one transaction. The tables are not swapped: whoever
 * writes to the journal writes to them in the same transaction, so a swap would have to hold up every command, and a row
 * says something about one record alone, so a reader who sees one mended and another not yet sees no half of anything.
 */
export async function repairReadTables<State, Command, Event extends DomainEvent>(
  maintain: Maintain,
  kept: ReadTables<State, Command, Event>,
  onProgress: (repaired: number) => void,
): Promise<Repaired> {
  const checking = readTables(maintain, kept).run();
  const columns = new Map(kept.tables.map(({ name, record }) => [name, record]));
  let waiting = new Set<string>();
  let repaired = 0;
  const flush = async (): Promise<void> => {
    await repair(maintain, kept, [...waiting]);
    repaired += waiting.size;
    waiting = new Set();
    onProgress(repaired);
  };
  try {
    for (;;) {
      const step = await checking.next();
      if (step.done) {
        if (waiting.size > 0) await flush();
        return { looked: step.value.looked, repaired };
      }
      const { where } = step.value;
      waiting.add(String(where[columns.get(String(where['table']))!]));
      if (waiting.size >= batch) await flush();
    }
  } finally {
    await checking.return({ looked: 0 });
  }
}

async function repair<State, Command, Event extends DomainEvent>(maintain: Maintain, kept: ReadTables<State, Command, Event>, recordIds: string[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await maintain.transaction((tx) => projectAnew(tx, kept, recordIds));
    } catch (error) {
      // A command wrote the same rows in another order.
      if (tries >= mostTries || !gaveWay(error)) throw error;
    }
  }
}

/**
 * A command may have told more of a record after it was read here. Once its row is written here, every later command waits
 * for this transaction and then writes what is right, so what was told before that is all there is to look for.
 */
async function projectAnew<State, Command, Event extends DomainEvent>(tx: EntityManager, { slice, tables }: ReadTables<State, Command, Event>, recordIds: string[]): Promise<void> {
  const records = new Records(slice);
  for (const table of tables.toReversed()) await removeRows(tx, table, recordIds);
  for (let ids = recordIds; ids.length > 0; ) {
    const standings = await records.standings(tx, ids);
    await slice.project(tx, standings);
    const seen = new Map(standings.map(({ recordId, sequence }) => [recordId, sequence]));
    const now: { record_id: string; sequence: number }[] = await tx.query(
      `select record_id, max(sequence) as sequence from journal where record_id = any($1) group by record_id`,
      [ids],
    );
    ids = now.filter(({ record_id, sequence }) => seen.get(record_id) !== sequence).map(({ record_id }) => record_id);
  }
}

/** A record's only row is written over; where it may have more rows, or has no story, they go first. */
async function removeRows(tx: EntityManager, { name, record, key }: ReadTable, recordIds: string[]): Promise<void> {
  const stray = key ? '' : `and not exists (select from journal where record_id = kept.${record})`;
  await tx.query(`delete from ${name} as kept where ${record} = any($1) ${stray}`, [recordIds]);
}
