import type { MigrationInterface, QueryRunner } from 'typeorm';
import { knownStaffTable } from '#libs/platform';

/** The service's own copy of the directory. */
export class KnowStaff1795391000001 implements MigrationInterface {
  name = 'KnowStaff1795391000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(knownStaffTable('section42'));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
