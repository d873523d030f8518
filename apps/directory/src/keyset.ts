import { z } from 'zod';
import type { Tx } from '#libs/journal';
import type { Found } from './named-reading.js';

/** Which page is asked for: those after a record, in the order of their ids. */
export const page = { after: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

export interface Sought {
  table: 'staff_member' | 'team' | 'organisation' | 'place' | 'mention';
  /** Conditions with a `$` for their value; those whose value is undefined were not asked for. */
  where: Record<string, unknown>;
  after: string | undefined;
  limit: number;
}

/** One page of a table's records, found by key and not by counting. */
export async function idsOf(tx: Tx, { table, where, after, limit }: Sought): Promise<Found> {
  const given = Object.entries({ ...where, 'id > $': after }).filter(([, value]) => value !== undefined);
  const conditions = given.map(([sql], index) => sql.replace('$', `$${index + 1}`));
  const rows: { id: string }[] = await tx.query(
    `select id from ${table} ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''} order by id limit ${limit + 1}`,
    given.map(([, value]) => value),
  );
  const ids = rows.slice(0, limit).map(({ id }) => id);
  return { ids, next: rows.length > limit ? ids.at(-1)! : null };
}
