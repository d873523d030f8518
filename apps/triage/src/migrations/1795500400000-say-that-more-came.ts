import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists show where whoever raised a concern wrote more of it. */
export class SayThatMoreCame1795500400000 implements MigrationInterface {
  name = 'SayThatMoreCame1795500400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table concern add column more_came_at timestamptz;
comment on column concern.more_came_at is 'When whoever raised it wrote more of it last; null: never, or somebody has worked on it since.';
create index concern_more_came on concern (authority, decided_at desc, id desc) where status = 'triaged' and more_came_at is not null;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
