import type { MigrationInterface, QueryRunner } from 'typeorm';
import { begunByOne, hideRestricted, raisedByOne, restrictionTable } from '#libs/journal';

/** A concern can be restricted to some of the staff: from here on PostgreSQL shows it to nobody else (ADR 18). */
export class RestrictConcerns1795450000001 implements MigrationInterface {
  name = 'RestrictConcerns1795450000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(restrictionTable('triage'));
    await runner.query(
      hideRestricted('triage', {
        // Whoever raised it goes on seeing what they saw of it.
        journal: { record: 'record_id', or: begunByOne('journal.record_id') },
        concern: { record: 'id', or: raisedByOne('concern.raised_by') },
        second_look: { record: 'record_id' },
        sending: { record: 'record_id' },
        local_outbox: { record: 'record_id' },
        following: { record: 'record_id' },
      }),
    );
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
