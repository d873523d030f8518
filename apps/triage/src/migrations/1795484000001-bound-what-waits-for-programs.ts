import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is kept for programs has a bound, and is found without reading all of it. */
export class BoundWhatWaitsForPrograms1795484000001 implements MigrationInterface {
  name = 'BoundWhatWaitsForPrograms1795484000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index webhook_notice_program on webhook_notice (program, next_at, id);
create index webhook_notice_authority on webhook_notice (authority, program);
create index webhook_notice_old on webhook_notice (asked_at) where next_at is null;
-- The first of these finds what is due as well.
drop index webhook_notice_due;

alter table webhook add column gone_why text check (gone_why in ('gone', 'too_many'));
comment on column webhook.gone_at is 'Since when nothing is told there until it is set anew.';
comment on column webhook.gone_why is 'Why: it answered that it is there no more (410), also where this is null; or more waited for it than is kept.';
alter table webhook_notice drop constraint webhook_notice_trouble_check;
alter table webhook_notice add constraint webhook_notice_trouble_check check (trouble in ('no_answer', 'refused', 'redirected', 'unsafe', 'gone', 'too_many'));
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
