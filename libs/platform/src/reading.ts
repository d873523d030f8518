import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';

export interface Reading {
  staff: { id: string; authority: string | null };
  at: Instant;
  recordIds: string[];
  what: string;
  why: string | null;
}

/** Records that somebody read these records: one row a page, in the transaction whose answer shows them. */
export async function recordReading(tx: Tx, { staff, at, recordIds, what, why }: Reading): Promise<void> {
  await tx.query(
    `insert into read_audit (read_at, actor, authority, record_ids, what, why) values ($1, $2, $3, $4, $5, $6)`,
    [at, staff.id, staff.authority, recordIds, what, why],
  );
}
