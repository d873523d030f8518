import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is decided rings where whoever raised it tells of danger after that. Of what stands already, those ring that would by what lists show: nobody has worked on them since. */
export class RingForDangerToldSince1795501600000 implements MigrationInterface {
  name = 'RingForDangerToldSince1795501600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table concern add column danger_told_at timestamptz;
comment on column concern.danger_told_at is 'Since when danger that whoever raised it told of after the decision waits for somebody to look; null: none was told, or somebody saw to it.';
create index concern_danger_told on concern (authority, danger_told_at, id) include (sequence) where status = 'triaged' and danger_told_at is not null;
update concern set danger_told_at = more_came_at where status = 'triaged' and more_came_at is not null and immediate_risk;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
