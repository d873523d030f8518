import type { MigrationInterface, QueryRunner } from 'typeorm';
import { importTables } from '#libs/extract';
import { journalTables } from '#libs/journal';

const requests = `
create table dols_request (
  id uuid primary key,
  reference text not null,
  authority text not null,
  status text not null check (status in
    ('received', 'screened', 'prioritised', 'allocated', 'decided', 'authorised', 'ended', 'entered-in-error')),
  is_waiting boolean not null generated always as (status in ('received', 'screened', 'prioritised', 'allocated')) stored,
  received_at timestamptz not null,
  kind text not null,
  urgent boolean,
  urgent_expires_on date,
  setting text,
  band text check (band in ('high', 'medium', 'low')),
  band_rank smallint not null generated always as
    (case band when 'high' then 1 when 'medium' then 2 when 'low' then 3 else 0 end) stored,
  legacy boolean not null,
  screened_under text,
  to_look_at text[] not null,
  next_contact_on date,
  person_id uuid,
  allocated_at timestamptz,
  decided_at timestamptz,
  outcome text,
  authorised_from date,
  authorised_to date,
  sequence int not null,
  check ((status in ('decided', 'authorised', 'ended')) = (outcome is not null and decided_at is not null)),
  check ((outcome is not distinct from 'granted') = (authorised_from is not null and authorised_to is not null)),
  check (authorised_from <= authorised_to)
);
comment on table dols_request is 'Where a request for a standard authorisation stands: one row a request, for the DoLS queue and for finding it.';
comment on column dols_request.band_rank is 'The order of the page: those without a priority first, then high, medium, low.';
create index dols_request_queue on dols_request (authority, band_rank, received_at, id) where is_waiting;
create index dols_request_oldest on dols_request (received_at, id) where is_waiting;
create index dols_request_person on dols_request (person_id, received_at) where person_id is not null;
create index dols_request_reference on dols_request using hash (reference);
grant select, insert, update, delete on dols_request to dols_app;
grant select, insert, update, delete, truncate on dols_request to dols_maintain;
`;

export class CreateDolsRequests20261122010000 implements MigrationInterface {
  name = 'CreateDolsRequests20261122010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(journalTables('dols'));
    await runner.query(importTables('dols'));
    await runner.query(requests);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
