import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decisions that were drawn for a second look, and what that came to. */
export class LookTwice1795411000001 implements MigrationInterface {
  name = 'LookTwice1795411000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table second_look (
  record_id uuid not null,
  decision int not null,
  authority text not null,
  decided_at timestamptz not null,
  decided_by text not null,
  first_needs text not null,
  first_risk text not null,
  first_unable text not null,
  first_outcome text not null,
  given_at timestamptz,
  given_by text,
  second_needs text,
  second_risk text,
  second_unable text,
  second_outcome text,
  primary key (record_id, decision),
  check (given_by is null or given_by <> decided_by),
  check (num_nulls(given_at, given_by, second_needs, second_risk, second_unable, second_outcome) in (0, 6))
);
comment on table second_look is 'A decision drawn for a second look: what was answered first and, once it is given, second; one row a decision, for the list of what is owed and for how far the two agree.';
create index second_look_owed on second_look (authority, decided_at, record_id) where given_at is null;
create index second_look_given on second_look (authority, given_at) where given_at is not null;
grant select, insert, update, delete on second_look to triage_app;
grant select, insert, update, delete, truncate on second_look to triage_maintain;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
