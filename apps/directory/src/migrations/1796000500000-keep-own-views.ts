import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Views of the queues that somebody saved for themselves: what a page of theirs asks for each time. */
export class KeepOwnViews1796000500000 implements MigrationInterface {
  name = 'KeepOwnViews1796000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table staff_member add column views jsonb not null default '[]';
comment on column staff_member.views is 'Of the queues, saved for themselves: the queue and its filters, in codes.';
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
