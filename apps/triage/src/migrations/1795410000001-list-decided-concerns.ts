import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decided concerns are listed by their decision, its outcome and who made it. */
export class ListDecidedConcerns1795410000001 implements MigrationInterface {
  name = 'ListDecidedConcerns1795410000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table concern add column decided_by text;
comment on column concern.decided_by is 'Who made the decision in force; null where there is none, or another system made it.';
update concern set decided_by = (
  select data ->> 'decidedBy' from journal where record_id = concern.id and type = 'ConcernTriaged' order by sequence desc limit 1)
where status = 'triaged';
create index concern_decided on concern (authority, decided_at desc, id desc) where status = 'triaged';
create index concern_decided_outcome on concern (authority, outcome, decided_at desc, id desc) where status = 'triaged';
create index concern_decided_by on concern (authority, decided_by, decided_at desc, id desc) where status = 'triaged' and decided_by is not null;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
