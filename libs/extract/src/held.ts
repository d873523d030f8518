import type { Queries, Tx } from '#libs/journal';
import { heldAs } from './held-as.js';
import { keptScope, type Run, scopesOf } from './source.js';

export interface Held {
  fingerprint: Buffer;
  run: string;
}

/** Which of these references are held by an imported row, and what it said; found under `heldAs(reference)`. */
export async function heldRows(tx: Tx, references: string[], run: Run): Promise<Map<string, Held>> {
  const rows: ({ reference: string } & Held)[] = await tx.query(
    `select reference, fingerprint, run from extract_row where scope = any($1) and reference = any($2)`,
    [scopesOf(run), references.map(heldAs)],
  );
  return new Map(rows.map((row) => [row.reference, row]));
}

export async function holdRows(
  tx: Tx,
  run: Run,
  rows: { reference: string; fingerprint: Buffer; detail: object }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into extract_row (scope, reference, fingerprint, run, detail)
     select $1, reference, fingerprint, $2, detail from unnest($3::text[], $4::bytea[], $5::jsonb[]) as row (reference, fingerprint, detail)`,
    [
      run.isDry ? run.id : keptScope,
      run.id,
      rows.map((row) => heldAs(row.reference)),
      rows.map((row) => row.fingerprint),
      rows.map((row) => JSON.stringify(row.detail)),
    ],
  );
}

/** Forgets what a dry run took. */
export const throwAway = (tx: Queries, run: string): Promise<unknown> =>
  tx.query(`delete from extract_row where scope = $1 and scope <> '${keptScope}'`, [run]);

/** Forgets what dry runs left behind that were killed before they could throw it away. */
export const throwAwayOld = (tx: Queries): Promise<unknown> =>
  tx.query(`delete from extract_row where scope <> '${keptScope}' and held_at < now() - interval '1 day'`);
