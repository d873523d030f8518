import type { MigrationInterface, QueryRunner } from 'typeorm';
import { importTables } from '#libs/extract';
import { journalTables } from '#libs/journal';

const people = `
create table person (
  person_id uuid primary key,
  status text not null check (status in ('known', 'joined', 'entered-in-error', 'disposed')),
  gender text,
  ethnicity text,
  primary_support_reason text,
  local_area text,
  joined_into uuid,
  sequence int not null,
  check ((status = 'joined') = (joined_into is not null)),
  check (joined_into <> person_id)
);
comment on table person is 'Where a person stands: what may be counted about them, and into whom they were joined. It names nobody.';
create index person_joined on person (joined_into) where joined_into is not null;

create table person_authority (
  person_id uuid not null references person,
  authority text not null,
  primary key (person_id, authority)
);
comment on table person_authority is 'An authority whose records name this person. No other may see them.';

create table identity (
  person_id uuid primary key references person,
  sealed bytea not null
);
comment on table identity is 'Who a person is, encrypted under their own key: names, date of birth, NHS number, address. Every reading of it is in read_audit.';

create table person_token (
  token bytea not null,
  kind text not null,
  person_id uuid not null,
  primary key (token, person_id)
);
comment on table person_token is 'A keyed digest of something a person can be found by. Nobody without the service key can tell what it stands for.';

create table claim (
  record_id uuid primary key,
  record_kind text not null check (record_kind in ('concern', 'dols_request')),
  person_id uuid not null references person,
  authority text not null,
  received_on date not null,
  sealed bytea not null
);
create index claim_person on claim (person_id);
comment on table claim is 'What a record of another service said about its person, encrypted under that person''s key, and the London day it was received.';

create table possible_match (
  person_id uuid not null references person,
  other_person_id uuid not null references person,
  record_id uuid not null,
  score int not null,
  reasons jsonb not null,
  decided text check (decided in ('joined', 'kept_apart')),
  primary key (person_id, other_person_id),
  check (person_id <> other_person_id)
);
create index possible_match_other on possible_match (other_person_id);
comment on table possible_match is 'Two people who may be one, with the reasons, until somebody has looked. The record is the one that brought it up.';
`;

const grants = `
grant select, insert, update on person, possible_match to people_app;
grant select, insert on person_authority to people_app;
grant select, insert, update, delete on identity, claim to people_app;
grant select, insert, delete on person_token to people_app;
grant select, insert, update, delete, truncate on person, person_authority to people_maintain;
`;

export class CreatePeople20261122010000 implements MigrationInterface {
  name = 'CreatePeople20261122010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(journalTables('people'));
    await runner.query(importTables('people'));
    await runner.query(people);
    await runner.query(grants);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
