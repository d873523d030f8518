import type { MigrationInterface, QueryRunner } from 'typeorm';
import { importTables } from '#libs/extract';
import { journalTables } from '#libs/journal';

export class CreateConcerns20261122010000 implements MigrationInterface {
  name = 'CreateConcerns20261122010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(journalTables('triage'));
    await runner.query(importTables('triage'));
    await runner.query(`
create table concern (
  id uuid primary key,
  reference text not null,
  authority text not null,
  status text not null check (status in ('awaiting-triage', 'triaged', 'entered-in-error')),
  received_at timestamptz not null,
  clocks_from timestamptz,
  channel text,
  referrer_type text,
  immediate_risk boolean,
  to_chase text[] not null,
  person_id uuid,
  outcome text,
  decided_at timestamptz,
  sequence int not null,
  check ((status = 'awaiting-triage') = (clocks_from is not null)),
  check ((status = 'triaged') = (outcome is not null and decided_at is not null))
);
comment on table concern is 'Where a safeguarding concern stands: one row a concern, for the triage queue and for finding it.';
create index concern_queue on concern (authority, (immediate_risk is true) desc, clocks_from, received_at, id) where status = 'awaiting-triage';
create index concern_person on concern (person_id, received_at) where person_id is not null;
create index concern_reference on concern (reference);
grant select, insert, update, delete on concern to triage_app;
grant select, insert, update, delete, truncate on concern to triage_maintain;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
