import { keptScope, recordIdOf } from '#libs/extract';
import type { Tx } from '#libs/journal';

/**
 * Empties the rows that these people were imported with. That there was such a row stays: the same extract makes nobody of it
 * again, and a record that names it later is set aside until a person says whom it is about. An id tells no reference, so all
 * are looked at.
 */
export async function forgetRows(tx: Tx, people: readonly string[]): Promise<void> {
  const rows: { reference: string }[] = await tx.query('select reference from extract_row where scope = $1', [keptScope]);
  const references = rows.map(({ reference }) => reference).filter((reference) => people.includes(recordIdOf('person', reference)));
  await tx.query(`update extract_row set detail = '{"gone": true}' where scope = $1 and reference = any($2)`, [keptScope, references]);
}

/** In a condition: a row whose person was disposed of. */
export const isGone = `detail ? 'gone'`;
