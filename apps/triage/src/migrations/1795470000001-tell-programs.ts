import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, hideRestricted, raisedByOne, shares } from '#libs/journal';

/** Partners' programs say where they want to hear of changes, and are told there. */
export class TellPrograms1795470000001 implements MigrationInterface {
  name = 'TellPrograms1795470000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table webhook (
  program text primary key,
  authority text,
  origin text not null,
  target bytea not null,
  set_at timestamptz not null,
  gone_at timestamptz
);
comment on table webhook is 'Where a partner''s program wants to hear how the concerns go on that it raised. Its whole address and the secret that signs are in target, encrypted under a key of the service.';
comment on column webhook.authority is 'The council that the program acts for; null where it acts for none.';
comment on column webhook.gone_at is 'Since when it has answered that it is there no more (410): nothing is told there until it is set anew.';
grant select, insert, update, delete on webhook to triage_app;
grant select, update (target) on webhook to triage_maintain;

create table webhook_notice (
  id uuid primary key,
  program text not null,
  record_id uuid not null,
  authority text not null,
  state text not null check (state in ('received', 'being_looked_at', 'more_wanted', 'decided', 'told', 'taken_back')),
  happened_at timestamptz not null,
  asked_at timestamptz not null,
  next_at timestamptz,
  tries int not null default 0,
  trouble text check (trouble in ('no_answer', 'refused', 'redirected', 'unsafe', 'gone')),
  answered int
);
comment on table webhook_notice is 'A change of a concern that its program has not been told of yet. Deleted once it has; without next_at it was set aside and is not tried again.';
create index webhook_notice_due on webhook_notice (program, next_at) where next_at is not null;
create index webhook_notice_set_aside on webhook_notice (authority, asked_at desc, id) where next_at is null;
create index webhook_notice_record on webhook_notice (record_id);
grant select, insert, update, delete on webhook_notice to triage_app;

create function hears(asked text) returns boolean language sql stable security definer cost 1 set search_path = triage, pg_temp set row_security = on as $$
  select exists (select from webhook where program = asked and gone_at is null)
$$;
comment on function hears is 'Whether a program wants to be told, whoever does what it is told of.';
revoke all on function hears from public;
grant execute on function hears to triage_app;
`);
    await runner.query(guardTables('triage', { webhook: shares.raised('program'), webhook_notice: shares.raised('program') }));
    await runner.query(hideRestricted('triage', { webhook_notice: { record: 'record_id', or: raisedByOne('webhook_notice.program') } }));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
