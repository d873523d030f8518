import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, shares } from '#libs/journal';

/** Which records of an extract name whom is kept from here on, so that one that is restricted leads to its person only whom it is open to. */
export class KeepImportedNamings1795500800000 implements MigrationInterface {
  name = 'KeepImportedNamings1795500800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table imported_naming (
  record_id uuid primary key,
  person_id uuid not null,
  authority text not null
);
comment on table imported_naming is 'A record that came with an extract names this person: of it no claim is kept. What was imported before this table is in it once the read tables were rebuilt; a record that was disposed of is not.';
create index imported_naming_person on imported_naming (person_id, authority);
grant select, insert, delete on imported_naming to people_app;
grant select, insert, delete on imported_naming to people_maintain;
${guardTables('people', { imported_naming: shares.where('is_known(imported_naming.person_id)') })}`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
