import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What holds now is counted in indexes that hold all that the measures of the report ask of it: of each case the tables
 * keep every version that was ever held true, which is three or four times as much and several times as wide.
 */
const indexes = `
drop index concern_fact_received;
create index concern_fact_received on concern_fact (received_at)
  include (authority, nth, waiting_from, decided_at, replaced_at, outcome, person_id, referrer_type) where known_until is null;
drop index concern_fact_decided;
create index concern_fact_decided on concern_fact (decided_at) include (authority, nth, elapsed_micros) where known_until is null;
drop index enquiry_fact_opened;
create index enquiry_fact_opened on enquiry_fact (opened_at) include (authority, kind, allocated_at) where known_until is null;
drop index enquiry_fact_concluded;
create index enquiry_fact_concluded on enquiry_fact (concluded_at)
  include (authority, kind, outcomes_asked, outcomes_achieved, mental_capacity, advocate) where known_until is null;
drop index dols_fact_received;
create index dols_fact_received on dols_fact (received_at) include (authority, kind, received_on, decided_at) where known_until is null;
drop index dols_fact_decided;
create index dols_fact_decided on dols_fact (decided_at) include (authority, received_on, decided_on, outcome) where known_until is null;
`;

export class CountInIndexes1795399000001 implements MigrationInterface {
  name = 'CountInIndexes1795399000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(indexes);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
