import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An enquiry whose retention has ended leaves a row that says so. */
export class LetEnquiriesBeDisposedOf1795490000000 implements MigrationInterface {
  name = 'LetEnquiriesBeDisposedOf1795490000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table enquiry drop constraint enquiry_status_check;
alter table enquiry add constraint enquiry_status_check check (status in ('open', 'allocated', 'concluded', 'entered-in-error', 'disposed'));
alter table enquiry add constraint enquiry_disposed_check check (status <> 'disposed' or (worker is null and team is null and due_on is null));
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
