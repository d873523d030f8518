import type { MigrationInterface, QueryRunner } from 'typeorm';
import { hideRestricted, restrictionTable } from '#libs/journal';

/** An enquiry is open to whom its concern is open to (ADR 18). */
export class RestrictEnquiries1795450000001 implements MigrationInterface {
  name = 'RestrictEnquiries1795450000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(restrictionTable('section42'));
    await runner.query(hideRestricted('section42', { journal: { record: 'record_id' }, enquiry: { record: 'id' } }));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
