import type { Instant } from '#libs/calendar';
import { closeReason, type Tx, type Vault } from '#libs/journal';

/** Somebody read records. */
export interface Read {
  at: Instant;
  by: string;
  authority: string | null;
  records: string[];
  what: string;
  why: string | null;
}

/** Writes who read what, many readings in one statement; the records of one are a list, which no plain column of them could hold. Why is encrypted, as a service keeps it. */
export async function keepReadings(tx: Tx, vault: Vault, readings: readonly Read[]): Promise<void> {
  const rows = readings.filter(({ records }) => records.length > 0).map(({ why, ...row }) => ({ ...row, ...closeReason(vault, why) }));
  if (rows.length === 0) return;
  const said = rows.filter(({ textId }) => textId !== null);
  await tx.query('insert into reason (text_id, cipher) select * from unnest($1::uuid[], $2::bytea[])', [said.map(({ textId }) => textId), said.map(({ cipher }) => cipher)]);
  await tx.query(
    `insert into read_audit (read_at, actor, authority, record_ids, what, why_text)
     select at, by, authority, records, what, why_text
     from jsonb_to_recordset($1::jsonb) as row (at timestamptz, by text, authority text, records uuid[], what text, why_text uuid)`,
    [JSON.stringify(rows.map(({ cipher: _cipher, textId, ...row }) => ({ ...row, why_text: textId })))],
  );
}
