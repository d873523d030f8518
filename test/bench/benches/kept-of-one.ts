import type { Client } from 'pg';
import { ConcernForms } from '../load/concern-forms.ts';
import { targetOf } from '../load/partner.ts';
import { post } from '../load/posting.ts';
import type { BenchSystem } from '../plant/bench-system.ts';

const tried = 40;
/** What every row has before its columns, and the other columns of the row that stands for it elsewhere. */
const overheadBytes = 24 + 20;
/** A position and a time. */
const outboxBytes = 16;

/**
 * The rows that triage adds for one concern, by the bytes of each, the largest first: found out by having some taken while
 * everybody else stands still, so that it stays true when the product changes.
 */
export async function keptOfOne(system: BenchSystem, seed: number): Promise<number[]> {
  const forms = new ConcernForms(seed);
  const target = await targetOf(system);
  return system.alone(['triage'], async () => {
    const before = await system.asOwner(rowsByTable);
    await post(target, { atOnce: 4, amount: tried, body: () => forms.next() });
    return system.asOwner(async (client) => {
      const rows: number[] = [];
      for (const [table, count] of await rowsByTable(client)) {
        const each = Math.round((count - (before.get(table) ?? 0)) / tried);
        const bytes = each > 0 ? await bytesOf(client, table) : 0;
        rows.push(...Array.from({ length: each }, () => bytes));
      }
      if (rows.length === 0) throw new Error('triage was not seen to keep anything of a concern');
      return rows.toSorted((one, other) => other - one);
    });
  });
}

/** Rows by table; of the outbox, from which they are gone as soon as the broker has them, those that ever were in it. */
async function rowsByTable(client: Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ tablename: string }>(`select tablename from pg_tables where schemaname = 'triage'`);
  const found = new Map<string, number>();
  for (const { tablename } of rows) {
    const counted = tablename === 'outbox' ? 'triage.journal where contract_sequence is not null' : `triage.${client.escapeIdentifier(tablename)}`;
    found.set(tablename, (await client.query<{ n: number }>(`select count(*)::int as n from ${counted}`)).rows[0]!.n);
  }
  return found;
}

async function bytesOf(client: Client, table: string): Promise<number> {
  if (table === 'outbox') return outboxBytes;
  const { rows } = await client.query<{ bytes: number }>(`select round(avg(pg_column_size(kept.*)))::int as bytes from triage.${client.escapeIdentifier(table)} kept`);
  return Math.max(1, rows[0]!.bytes - overheadBytes);
}
