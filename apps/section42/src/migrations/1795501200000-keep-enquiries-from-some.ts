import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepFromSome } from '#libs/journal';

/** An enquiry is kept from whoever its concern is kept from (ADR 18). */
export class KeepEnquiriesFromSome1795501200000 implements MigrationInterface {
  name = 'KeepEnquiriesFromSome1795501200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(keepFromSome('section42', { journal: { record: 'record_id' }, enquiry: { record: 'id' } }));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
