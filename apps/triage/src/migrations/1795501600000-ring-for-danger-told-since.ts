import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is decided rings where danger is told after that. What stands already rings once the read tables are rebuilt from the journal: nothing here tells whether that was told before or after the decision. */
export class RingForDangerToldSince1795501600000 implements MigrationInterface {
  name = 'RingForDangerToldSince1795501600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table concern add column danger_told_at timestamptz;
comment on column concern.danger_told_at is 'Since when danger that was told or recorded after the decision waits for somebody to look; null: none was told, or somebody saw to it.';
create index concern_danger_told on concern (authority, danger_told_at, id) include (sequence) where status = 'triaged' and danger_told_at is not null;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
