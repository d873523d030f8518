import type { MigrationInterface, QueryRunner } from 'typeorm';
import { journalTables, messageTables, outboxTimes, sealTables } from '#libs/journal';

const tables = ['staff_member', 'team', 'organisation', 'place', 'mention'];

const readTables = `
create table staff_member (
  id uuid primary key,
  authority text not null,
  acts_as text not null unique,
  status text not null check (status in ('active', 'disabled', 'entered-in-error')),
  roles text[] not null,
  teams uuid[] not null,
  leave jsonb not null,
  deputies jsonb not null,
  sequence int not null,
  check (status = 'active' or deputies = '[]')
);
comment on table staff_member is 'Where somebody who works here stands: one row a person, with their roles, teams and leave, and who may act for them.';
create index staff_member_page on staff_member (authority, id);
create index staff_member_team on staff_member using gin (teams);

create table team (
  id uuid primary key,
  authority text not null,
  code text not null,
  status text not null check (status in ('open', 'closed', 'entered-in-error')),
  sequence int not null
);
comment on table team is 'A team by its code: one row a team.';
create index team_page on team (authority, id);
create unique index team_code on team (authority, code) where status <> 'entered-in-error';

create table organisation (
  id uuid primary key,
  authority text not null,
  kind text not null,
  status text not null check (status in ('open', 'closed', 'entered-in-error')),
  closed_on date,
  sequence int not null,
  check ((status = 'closed') = (closed_on is not null))
);
comment on table organisation is 'A partner organisation: one row an organisation.';
create index organisation_page on organisation (authority, id);

create table place (
  id uuid primary key,
  authority text not null,
  cqc_location_id text,
  setting text not null,
  local_area text,
  organisation_id uuid,
  status text not null check (status in ('open', 'closed', 'entered-in-error')),
  closed_on date,
  sequence int not null,
  check ((status = 'closed') = (closed_on is not null))
);
comment on table place is 'A place where people live or are cared for: one row a place, found by its location id at the Care Quality Commission.';
create index place_page on place (authority, id);
create index place_organisation on place (organisation_id) where organisation_id is not null;
create table mention (
  id uuid primary key,
  authority text not null,
  file text not null,
  status text not null check (status in ('waiting', 'matched', 'dismissed')),
  organisation_id uuid,
  sequence int not null,
  check ((status = 'matched') = (organisation_id is not null))
);
comment on table mention is 'An organisation as an extract names it: one row a name, until a person has said which it is.';
create index mention_page on mention (authority, status, id);
create unique index place_location on place (authority, cqc_location_id) where status = 'open';
`;

/** Names are in none of these tables: they lie encrypted in `narrative`. */
export class CreateDirectory1795383000001 implements MigrationInterface {
  name = 'CreateDirectory1795383000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(journalTables('directory') + messageTables('directory') + outboxTimes() + sealTables('directory'));
    await runner.query(readTables);
    for (const table of tables) {
      await runner.query(`grant select, insert, update, delete on ${table} to directory_app; grant select, insert, update, delete, truncate on ${table} to directory_maintain`);
    }
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
