import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SayWhoRaisedIt1795394000001 implements MigrationInterface {
  name = 'SayWhoRaisedIt1795394000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table concern add column raised_by text;
comment on column concern.raised_by is 'The account or program that raised it here; null where it came from another system.';
update concern set raised_by = journal.actor from journal where journal.record_id = concern.id and journal.sequence = 1;
create index concern_raised on concern (raised_by, received_at desc, id desc) where raised_by is not null;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
