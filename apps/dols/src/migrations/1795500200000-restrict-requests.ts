import type { MigrationInterface, QueryRunner } from 'typeorm';
import { begunByOne, hideRestricted, letterRecord, restrictionTable } from '#libs/journal';

/** A request can be restricted to some of the staff: from here on PostgreSQL shows it to nobody else, nor a message that was set aside and is about it (ADR 18). */
export class RestrictRequests1795500200000 implements MigrationInterface {
  name = 'RestrictRequests1795500200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(restrictionTable('dols') + letterRecord);
    await runner.query(
      hideRestricted('dols', {
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
