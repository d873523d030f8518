const parked = `
create table parked (
  message_id text primary key,
  stream text not null,
  stream_sequence bigint not null,
  type text not null,
  record_id uuid not null,
  tries int not null default 0,
  failures int not null default 0,
  parked_at timestamptz not null default now(),
  due_at timestamptz not null
);
create index parked_due on parked (due_at);
create index parked_record on parked (record_id);
comment on table parked is 'A message that came before the one it builds on, and is taken again when that has come. It refers to the message and never holds its content.';
`;

const resending = `
create index dead_letter_age on dead_letter (set_aside_at, message_id);

create table resending (
  id bigint generated always as identity primary key,
  sent_at timestamptz not null,
  actor text not null,
  key text,
  message_id text not null,
  why text not null check (btrim(why) <> ''),
  attempts int not null,
  error_class text,
  unique (actor, key)
);
comment on table resending is 'Who sent a message that was set aside again, and why: it was taken, or failed with error_class. Rows are added and never changed or removed.';

create function refuse_resending_change() returns trigger language plpgsql as $$
begin raise exception 'what was sent again stays on record'; end $$;
create trigger resending_is_kept before update or delete or truncate on resending execute function refuse_resending_change();
`;

/** Where records can be restricted: which one a message that was set aside is about. Those from before say nothing. */
export const letterRecord = `
alter table dead_letter add column record_id uuid;
comment on column dead_letter.record_id is 'The record here that the message is about, where that could be read: who is not shown the record is not shown the message.';
`;

/** What a service that takes messages has besides its inbox: what waits for its predecessor, and who sent again what had been set aside. */
export const messageTables = (service: string): string => `${parked}${resending}
grant select, insert, update, delete on parked to ${service}_app;
grant update (attempts, error_class) on dead_letter to ${service}_app;
grant select, insert on resending to ${service}_app;
grant select on parked, resending to ${service}_maintain;
`;
