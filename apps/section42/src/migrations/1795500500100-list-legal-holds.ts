import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is under a legal hold is listed: those stories are few, and found among all. */
export class ListLegalHolds1795500500100 implements MigrationInterface {
  name = 'ListLegalHolds1795500500100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index journal_held on journal (authority, record_id) where type = 'LegalHoldPlaced'`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
