import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inboxTables } from '#libs/journal';

const knowledge = `
  known_from timestamptz not null,
  known_until timestamptz check (known_until > known_from)`;

const events = `
create table event (
  id uuid not null,
  source text not null,
  record_id uuid not null,
  sequence int not null check (sequence > 0),
  type text not null,
  authority text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  data jsonb not null,
  primary key (record_id, sequence)
);
comment on table event is 'A published event as it was taken, once. Every fact follows from these and from nothing else.';

create index event_person on event ((data ->> 'personId')) where data ? 'personId';

create table disposed_person (
  person_id uuid primary key
);
comment on table disposed_person is 'A pseudonym whose link to cases is forgotten: what still comes is taken without it.';
`;

const cases = `
create table concern_fact (
  id uuid not null,
  nth int not null check (nth > 0),${knowledge},
  authority text not null,
  received_at timestamptz not null,
  waiting_from timestamptz,
  decided_at timestamptz,
  replaced_at timestamptz,
  outcome text,
  elapsed_micros bigint,
  person_id uuid,
  age_band text,
  channel text,
  referrer_type text,
  abuse_types text[] not null,
  location_type text,
  source_of_risk text,
  primary key (id, nth, known_from),
  check (nth > 1 or waiting_from = received_at),
  check ((decided_at is null) = (outcome is null) and (decided_at is null) = (elapsed_micros is null)),
  check (replaced_at is null or decided_at is not null)
);
comment on table concern_fact is 'One wait of one concern for a decision, as held true from known_from until known_until (null: now). The first, nth 1, begins with its receipt, a further one when it is reopened; a decision holds until replaced_at.';
create index concern_fact_received on concern_fact (received_at) where known_until is null;
create index concern_fact_decided on concern_fact (decided_at) where known_until is null;

create table enquiry_fact (
  id uuid not null,${knowledge},
  authority text not null,
  concern_id uuid not null,
  kind text not null check (kind in ('s42', 'other')),
  opened_at timestamptz not null,
  allocated_at timestamptz,
  concluded_at timestamptz,
  outcomes_asked text,
  outcomes_achieved text,
  mental_capacity text,
  advocate text,
  primary key (id, known_from)
);
comment on table enquiry_fact is 'One enquiry as held true from known_from until known_until (null: now).';
create index enquiry_fact_opened on enquiry_fact (opened_at) where known_until is null;
create index enquiry_fact_concluded on enquiry_fact (concluded_at) where known_until is null;

create table dols_fact (
  id uuid not null,${knowledge},
  authority text not null,
  received_at timestamptz not null,
  received_on date not null,
  kind text not null check (kind in ('new', 'renewal')),
  setting text,
  decided_at timestamptz,
  decided_on date,
  outcome text,
  person_id uuid,
  age_band text,
  primary key (id, known_from),
  check ((decided_at is null) = (outcome is null) and (decided_at is null) = (decided_on is null))
);
comment on table dols_fact is 'One DoLS request as held true from known_from until known_until (null: now). The days are those of London.';
create index dols_fact_received on dols_fact (received_at) where known_until is null;
create index dols_fact_decided on dols_fact (decided_at) where known_until is null;
`;

const people = `
create table person_fact (
  id uuid not null,${knowledge},
  gender text not null,
  ethnicity text not null,
  primary_support_reason text not null,
  local_area text,
  primary key (id, known_from)
);
comment on table person_fact is 'Coded characteristics under a pseudonym, as held true from known_from until known_until (null: now). Nobody is named.';

create table alias_fact (
  id uuid not null,${knowledge},
  into_id uuid not null check (into_id <> id),
  primary key (id, known_from)
);
comment on table alias_fact is 'A pseudonym that stands for the same person as another, as held true from known_from until known_until (null: now).';
`;

const grants = `
grant select, insert, update (data) on event to metrics_app;
grant select, insert on disposed_person to metrics_app;
grant select, insert, delete on concern_fact, enquiry_fact, dols_fact, person_fact, alias_fact to metrics_app;
grant select on all tables in schema metrics to metrics_maintain;
`;

/** Events as they came, and the facts that follow from them. */
export class CreateFacts1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${inboxTables('metrics')}${events}${cases}${people}${grants}`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
