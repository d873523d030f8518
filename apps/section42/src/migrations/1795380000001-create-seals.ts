import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sealTables } from '#libs/journal';

/** Where it is kept what the journal and the audit tables held at a time, so that a missing row can be told. */
export class CreateSeals1795380000001 implements MigrationInterface {
  name = 'CreateSeals1795380000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sealTables('section42'));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
