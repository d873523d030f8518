import type { MigrationInterface, QueryRunner } from 'typeorm';
import { begunByOne, keepFromSome } from '#libs/journal';

/** A request can be kept from some of the staff, whoever it is open to: from here on PostgreSQL does not show it to them (ADR 18). */
export class KeepRequestsFromSome1795501200000 implements MigrationInterface {
  name = 'KeepRequestsFromSome1795501200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      keepFromSome('dols', {
        // Whoever asked for it goes on seeing what they saw of it.
        journal: { record: 'record_id', or: begunByOne('journal.record_id') },
        dols_request: { record: 'id' },
      }),
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
