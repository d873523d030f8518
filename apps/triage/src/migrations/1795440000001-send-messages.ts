import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, shares } from '#libs/journal';

/** What is sent to people outside waits in a table of its own, and what goes nowhere, for trying out, lies in another. */
export class SendMessages1795440000001 implements MigrationInterface {
  name = 'SendMessages1795440000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table sending (
  id uuid primary key,
  record_id uuid not null,
  authority text not null,
  kind text not null check (kind in ('told', 'code')),
  way text not null check (way in ('email', 'text')),
  text_id uuid not null,
  asked_at timestamptz not null,
  next_at timestamptz not null,
  ends_at timestamptz,
  tries int not null default 0,
  trouble text check (trouble in ('no_answer', 'too_many', 'not_allowed')),
  handed_over text
);
comment on table sending is 'A message to whoever raised a concern that has not arrived yet: to whom and what is encrypted in narrative. Deleted once it has, or will not.';
create index sending_due on sending (next_at);
create index sending_owed on sending (authority, asked_at) where kind = 'told';
create index sending_record on sending (record_id);
grant select, insert, update, delete on sending to triage_app;

create table local_outbox (
  id uuid primary key,
  record_id uuid not null,
  authority text not null,
  way text not null check (way in ('email', 'text')),
  text_id uuid not null,
  sent_at timestamptz not null
);
comment on table local_outbox is 'A message that would have been sent and was kept on this machine instead, for trying out; its words lie in narrative.';
create index local_outbox_page on local_outbox (authority, sent_at desc, id);
grant select, insert on local_outbox to triage_app;

alter table concern add column not_sent_at timestamptz, add column not_sent_reason text;
alter table concern add check (num_nulls(not_sent_at, not_sent_reason) in (0, 2));
comment on column concern.not_sent_at is 'Since when a message to whoever raised it is known not to have arrived; null where none is, or another was written since.';
create index concern_not_sent on concern (authority, not_sent_at) where not_sent_at is not null;
`);
    await runner.query(guardTables('triage', { sending: shares.authority(), local_outbox: shares.authority() }));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
