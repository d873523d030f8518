import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddFeedback20261122030000 implements MigrationInterface {
  name = 'AddFeedback20261122030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table concern add column feedback text check (feedback in ('owed', 'told', 'not_told', 'not_known'));
comment on column concern.feedback is 'Whether whoever raised it was told what became of it; not known where it was decided elsewhere.';
update concern set feedback = coalesce((
  select case type when 'ReferrerTold' then 'told' when 'ReferrerNotTold' then 'not_told' else 'owed' end
  from journal where record_id = concern.id and type in ('ConcernTriaged', 'ReferrerTold', 'ReferrerNotTold')
  order by sequence desc limit 1), 'not_known')
where status = 'triaged';
alter table concern add check ((status = 'triaged') = (feedback is not null));
create index concern_feedback_owed on concern (authority, decided_at, id) where feedback = 'owed';
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
