import type { Client } from 'pg';

/**
 * What an analyst would work on: the cases as they stand, one plain row each, with the indexes that a good engineer gives
 * such tables. Taken from the facts that hold now, so that both sides count the same rows.
 */
const tables = `
drop schema if exists analyst cascade;
create schema analyst;

create table analyst.concern as
  select id, authority, received_at, decided_at, outcome, person_id, age_band, channel, referrer_type, abuse_types, location_type, source_of_risk
  from metrics.concern_fact where known_until is null and nth = 1;
alter table analyst.concern add primary key (id);
create index on analyst.concern (received_at);
create index on analyst.concern (decided_at);
create index on analyst.concern (authority, received_at);
create index on analyst.concern (person_id, received_at);

create table analyst.enquiry as
  select id, authority, concern_id, kind, opened_at, allocated_at, concluded_at, outcomes_asked, outcomes_achieved, mental_capacity, advocate
  from metrics.enquiry_fact where known_until is null;
alter table analyst.enquiry add primary key (id);
create index on analyst.enquiry (opened_at);
create index on analyst.enquiry (concluded_at);
create index on analyst.enquiry (concern_id);

create table analyst.dols_request as
  select id, authority, received_at, kind, setting, decided_at, outcome, person_id, age_band
  from metrics.dols_fact where known_until is null;
alter table analyst.dols_request add primary key (id);
create index on analyst.dols_request (received_at);
create index on analyst.dols_request (decided_at);

create table analyst.person as
  select id, gender, ethnicity, primary_support_reason, local_area from metrics.person_fact where known_until is null;
alter table analyst.person add primary key (id);

vacuum (analyze) analyst.concern, analyst.enquiry, analyst.dols_request, analyst.person;`;

/** Makes the tables anew. Nobody has joined one person into another, or opened a concern again, in what is laid: it would take more than this. */
export async function makeAnalystsTables(client: Client): Promise<void> {
  // A vacuum stands in no transaction, and several statements in one question are one.
  for (const statement of tables.split(';').filter((one) => one.trim() !== '')) await client.query(statement);
}
