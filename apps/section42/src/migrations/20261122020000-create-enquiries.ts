import type { MigrationInterface, QueryRunner } from 'typeorm';
import { importTables } from '#libs/extract';
import { journalTables } from '#libs/journal';

export class CreateEnquiries20261122020000 implements MigrationInterface {
  name = 'CreateEnquiries20261122020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(journalTables('section42'));
    await runner.query(importTables('section42'));
    await runner.query(`
create unique index extract_row_concern on extract_row (scope, (detail ->> 'concern'));
comment on index extract_row_concern is 'A concern has one enquiry, so one imported row.';

create table enquiry (
  id uuid primary key,
  reference text not null,
  authority text not null,
  concern_id uuid not null unique,
  kind text not null check (kind in ('s42', 'other')),
  status text not null check (status in ('open', 'allocated', 'concluded', 'entered-in-error')),
  opened_at timestamptz not null,
  allocated_at timestamptz,
  concluded_at timestamptz,
  worker text,
  team text,
  conducted_by text,
  due_on date,
  asked_whether_to_go_on_at timestamptz,
  is_legacy boolean not null,
  is_assumed boolean not null,
  sequence int not null,
  check ((status in ('allocated', 'concluded')) = (allocated_at is not null)),
  check ((status = 'concluded') = (concluded_at is not null)),
  check (is_legacy or not is_assumed)
);
comment on table enquiry is 'Where an enquiry stands: one row an enquiry, for the queue of those that nobody has and for finding it. An assumed one was decided elsewhere and has no record of its own yet.';
create index enquiry_unallocated on enquiry (authority, opened_at, id) where status = 'open';
create index enquiry_reference on enquiry (reference);
grant select, insert, update, delete on enquiry to section42_app;
grant select, insert, update, delete, truncate on enquiry to section42_maintain;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
