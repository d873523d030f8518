import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody has who has left is looked for by who they were. */
export class FindWhoseEnquiries1795497000001 implements MigrationInterface {
  name = 'FindWhoseEnquiries1795497000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index enquiry_worker on enquiry (worker) where status = 'allocated'`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
