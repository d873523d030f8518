import type { MigrationInterface, QueryRunner } from 'typeorm';
import { begunByOne, keepFromSome, raisedByOne } from '#libs/journal';

/** A concern can be kept from some of the staff, whoever it is open to: from here on PostgreSQL does not show it to them (ADR 18). */
export class KeepConcernsFromSome1795501200000 implements MigrationInterface {
  name = 'KeepConcernsFromSome1795501200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      keepFromSome('triage', {
        // Whoever raised it goes on seeing what they saw of it.
        journal: { record: 'record_id', or: begunByOne('journal.record_id') },
        concern: { record: 'id', or: raisedByOne('concern.raised_by') },
        second_look: { record: 'record_id' },
        sending: { record: 'record_id' },
        local_outbox: { record: 'record_id' },
        following: { record: 'record_id' },
        upload: { record: 'record_id', or: begunByOne('upload.record_id') },
        file_part: { record: 'record_id', or: begunByOne('file_part.record_id') },
        webhook_notice: { record: 'record_id', or: raisedByOne('webhook_notice.program') },
      }),
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
