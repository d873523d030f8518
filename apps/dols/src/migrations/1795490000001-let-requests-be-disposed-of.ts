import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A request whose retention has ended leaves a row that says so. */
export class LetRequestsBeDisposedOf1795490000001 implements MigrationInterface {
  name = 'LetRequestsBeDisposedOf1795490000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table dols_request drop constraint dols_request_status_check;
alter table dols_request add constraint dols_request_status_check check (status in
  ('received', 'screened', 'prioritised', 'allocated', 'decided', 'authorised', 'ended', 'entered-in-error', 'disposed'));
alter table dols_request add constraint dols_request_disposed_check check (status <> 'disposed' or (person_id is null and allocated_at is null));
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
