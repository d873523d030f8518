/** What every service that takes messages has: which it has handled, and which it could not. */
const inbox = `
create table inbox (
  message_id text primary key,
  taken_at timestamptz not null default now()
);
comment on table inbox is 'A message that was handled: its effect was committed together with this row, so a second delivery changes nothing.';

create table dead_letter (
  message_id text primary key,
  stream text not null,
  stream_sequence bigint not null,
  type text not null,
  error_class text not null,
  attempts int not null,
  set_aside_at timestamptz not null default now()
);
comment on table dead_letter is 'A message that could not be handled and waits for a person. It refers to the message and never holds its content.';
`;

const journal = `
create table journal (
  position bigint generated always as identity primary key,
  id uuid not null unique,
  record_id uuid not null,
  sequence int not null check (sequence > 0),
  contract_sequence int check (contract_sequence > 0),
  type text not null,
  authority text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor text,
  data jsonb not null,
  traceparent text,
  causation_id text,
  hash bytea not null check (octet_length(hash) = 32),
  constraint journal_record_sequence unique (record_id, sequence)
);
create unique index journal_record_contract on journal (record_id, contract_sequence) where contract_sequence is not null;
comment on table journal is 'The story of every record, one row an event, in order. Rows are added and never changed or removed.';

create function refuse_change() returns trigger language plpgsql as $$
begin raise exception 'journal rows are never changed or removed'; end $$;
create trigger journal_is_kept before update or delete or truncate on journal execute function refuse_change();

create table outbox (
  position bigint primary key references journal
);
comment on table outbox is 'An event that the broker does not have yet.';

create table relay_state (
  stream text primary key,
  created text not null,
  last_sequence bigint not null,
  last_id text not null
);
comment on table relay_state is 'How far the stream had come when the relay last heard from it, to notice a broker that came back empty or older.';

create table record_key (
  record_id uuid primary key,
  wrapped bytea not null
);
comment on table record_key is 'The data key of one record, wrapped by the service key. Disposing of a record deletes its key.';

create table narrative (
  text_id uuid primary key,
  record_id uuid not null,
  cipher bytea not null
);
create index narrative_record on narrative (record_id);
comment on table narrative is 'Words, encrypted under their record''s key; the journal refers to them by text_id.';

create table idempotency (
  client text not null,
  key text not null,
  request_hash bytea not null,
  reply jsonb,
  created_at timestamptz not null default now(),
  primary key (client, key)
);
create index idempotency_age on idempotency (created_at);
comment on table idempotency is 'The reply that a client''s key was given, kept 30 days: the same request again gets the same record.';

create table read_audit (
  id bigint generated always as identity primary key,
  read_at timestamptz not null,
  actor text not null,
  authority text,
  record_ids uuid[] not null,
  what text not null,
  why text
);
comment on table read_audit is 'Who read which records, when and why: one row a page, written before the answer leaves.';

create table alias (
  person_id uuid primary key,
  into_id uuid,
  sequence int not null
);
comment on table alias is 'A person joined into another: cases keep the id they had and are led on from here. Null: separated again.';
`;

/** A reply is written into the row that its key has already. Where the page has room for that, no index has to be told of it: so pages are filled with keys to a fifth. Run by SERVICE_migrate. */
export const roomForReplies = 'alter table idempotency set (fillfactor = 20)';

/** The tables that only consume: for a service that publishes nothing. Run by SERVICE_migrate within its own schema. */
export const inboxTables = (service: string): string => `${inbox}
grant select, insert, delete on inbox, dead_letter to ${service}_app;
grant select on inbox, dead_letter to ${service}_maintain;
`;

/** Every table of the journal, with the grants that keep it: nobody may change or remove a journal row. */
export const journalTables = (service: string): string => `${inbox}${journal}
grant select, insert on journal, outbox, inbox, record_key, narrative, read_audit to ${service}_app;
grant select, insert, update, delete on idempotency to ${service}_app;
grant select, insert, update on alias to ${service}_app;
grant delete on record_key, narrative, inbox to ${service}_app;
grant select, insert, delete on dead_letter to ${service}_app;
grant select on journal to ${service}_relay;
grant select, insert, delete on outbox to ${service}_relay;
grant select, insert, update on relay_state to ${service}_relay;
grant select on all tables in schema ${service} to ${service}_maintain;
`;
