import type { MigrationInterface, QueryRunner } from 'typeorm';
import { importShares, knowWhoseRows } from '#libs/extract';
import { auditorReads, guardSchema, guardTables, journalShares, letAuditorRead, messageShares, shares } from '#libs/journal';
import { readingsOfRecord } from '#libs/platform';

const tables = { ...journalShares, ...messageShares, ...importShares, enquiry: shares.authority() };

/** Under a policy PostgreSQL finds nothing by an index of what it takes out of `jsonb`: each batch would read every row. */
const concernOfRow = `
drop index extract_row_concern;
alter table extract_row add column concern text generated always as (detail ->> 'concern') stored;
create unique index extract_row_concern on extract_row (scope, concern);
comment on index extract_row_concern is 'A concern has one enquiry, so one imported row.';
`;

/** From here on PostgreSQL itself shows a transaction the rows of those for whom it runs, and no others (ADR 13). */
export class ShowEachAuthorityItsOwn1795420000001 implements MigrationInterface {
  name = 'ShowEachAuthorityItsOwn1795420000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(concernOfRow + knowWhoseRows + guardSchema() + readingsOfRecord('section42'));
    await runner.query(guardTables('section42', tables) + letAuditorRead('section42', auditorReads));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
