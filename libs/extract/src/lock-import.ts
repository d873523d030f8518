import type { Queries } from '#libs/journal';

const locks = { alone: 'pg_advisory_xact_lock', beside: 'pg_advisory_xact_lock_shared' };

/**
 * Until its transaction ends, what takes rows into this service goes `alone`, and what may write the same records
 * goes `beside` others of its kind, but never while rows are taken. All services share a database: the schema tells them apart.
 */
export async function lockImport(tx: Queries, mode: keyof typeof locks): Promise<void> {
  await tx.query(`select ${locks[mode]}(hashtext('import/' || current_schema()))`);
}
