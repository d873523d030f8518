import type { MigrationInterface, QueryRunner } from 'typeorm';
import { organisationsNamedTable } from '#libs/extract';

/** Where it is kept which organisations an extract names, until a person has said which they are. */
export class KeepOrganisationsNamed1795385000001 implements MigrationInterface {
  name = 'KeepOrganisationsNamed1795385000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(organisationsNamedTable('dols'));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
