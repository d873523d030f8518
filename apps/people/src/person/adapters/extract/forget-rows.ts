import { Injectable } from '@nestjs/common';
import { keptScope, recordIdOf } from '#libs/extract';
import type { Tx } from '#libs/journal';
import { Database } from '#libs/platform';
import { ImportedRows } from '../../application/imported-rows.js';

/**
 * Empties the rows that people were imported with. That there was such a row stays: the same extract makes nobody of it
 * again, and a record that names it later is set aside until a person says whom it is about.
 */
@Injectable()
export class ForgetRows extends ImportedRows {
  constructor(private readonly database: Database) {
    super();
  }

  async referencesOf(personIds: readonly string[]): Promise<string[]> {
    const rows: { reference: string }[] = await this.database.seeing('every').query(
      `select reference from extract_row where scope = $1 and exists (select from journal where record_id = any($2) and type = 'PersonImported')`,
      [keptScope, personIds],
    );
    return rows.map(({ reference }) => reference).filter((reference) => personIds.includes(recordIdOf('person', reference)));
  }

  async forget(tx: Tx, references: readonly string[]): Promise<void> {
    if (references.length > 0) await tx.query(`update extract_row set detail = '{"gone": true}' where scope = $1 and reference = any($2)`, [keptScope, references]);
  }
}

/** In a condition: a row whose person was disposed of. */
export const isGone = `detail ? 'gone'`;
