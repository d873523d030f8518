import type { MigrationInterface, QueryRunner } from 'typeorm';
import { begunByOne, guardTables, hideRestricted, shares } from '#libs/journal';

/** What files hold lies here in parts, encrypted; that they came, and what was found, is told in the journal (ADR 19). */
export class KeepFiles1795460000001 implements MigrationInterface {
  name = 'KeepFiles1795460000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table upload (
  file_id uuid primary key,
  record_id uuid not null references record_key on delete cascade,
  authority text not null,
  begun_at timestamptz not null,
  due_at timestamptz,
  tries int not null default 0
);
comment on table upload is 'A file that is being sent (due_at is null), or that waits to be scanned. Deleted once it is judged, or was given up.';
create index upload_due on upload (due_at);
create index upload_begun on upload (begun_at) where due_at is null;
create index upload_record on upload (record_id);
grant select, insert, update, delete on upload to triage_app;

create table file_part (
  file_id uuid not null,
  number int not null check (number > 0),
  record_id uuid not null references record_key on delete cascade,
  cipher bytea not null,
  primary key (file_id, number)
);
create index file_part_record on file_part (record_id);
comment on table file_part is 'What a file holds, in parts, each encrypted under its record''s key and bound to where it stands. It goes when that key does, and when a scanner refuses the file.';
alter table file_part alter column cipher set storage external;
grant select, insert, delete on file_part to triage_app;
grant select on upload, file_part to triage_maintain;
`);
    const tables = ['upload', 'file_part'].map((table) => ({ table, record: `${table}.record_id` }));
    await runner.query(guardTables('triage', Object.fromEntries(tables.map(({ table, record }) => [table, shares.story(record)]))));
    await runner.query(hideRestricted('triage', Object.fromEntries(tables.map(({ table, record }) => [table, { record: 'record_id', or: begunByOne(record) }]))));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
