import type { MigrationInterface, QueryRunner } from 'typeorm';
import { importShares, knowWhoseRows } from '#libs/extract';
import { auditorReads, begunByFunction, guardSchema, guardTables, journalShares, letAuditorRead, messageShares, shares } from '#libs/journal';
import { readingsOfRecord } from '#libs/platform';

const tables = {
  ...journalShares,
  ...messageShares,
  ...importShares,
  // Partners see what they raised, with whichever council.
  journal: shares.stories,
  organisation_named: shares.authority(),
  dols_request: shares.authority(),
};

/** From here on PostgreSQL itself shows a transaction the rows of those for whom it runs, and no others (ADR 13). */
export class ShowEachAuthorityItsOwn1795420000001 implements MigrationInterface {
  name = 'ShowEachAuthorityItsOwn1795420000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(knowWhoseRows + guardSchema() + readingsOfRecord('dols') + begunByFunction('dols'));
    await runner.query(guardTables('dols', tables) + letAuditorRead('dols', auditorReads));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
