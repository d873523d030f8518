import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every event of a concern changes its row's sequence. PostgreSQL writes such a change beside the row it changes, without an entry
 * in any index, as long as no index has the column, not even beside what it is sorted by; one had it, and each change was
 * written into all of them. Room is left on each page for what it becomes.
 */
export class ChangeConcernsInPlace1796000100000 implements MigrationInterface {
  name = 'ChangeConcernsInPlace1796000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index concern_danger_told_since on concern (authority, danger_told_at, id) where status = 'triaged' and danger_told_at is not null;
drop index concern_danger_told;
alter table concern set (fillfactor = 85);
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
