import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A concern whose retention has ended leaves a row that says so. */
export class LetConcernsBeDisposedOf1795421000002 implements MigrationInterface {
  name = 'LetConcernsBeDisposedOf1795421000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table concern drop constraint concern_status_check;
alter table concern add constraint concern_status_check check (status in ('awaiting-triage', 'triaged', 'entered-in-error', 'disposed'));
alter table concern add constraint concern_disposed_check check (status <> 'disposed' or (person_id is null and raised_by is null and assigned_to is null));
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
