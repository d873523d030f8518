import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = `
alter table concern_fact add column not_safeguarding_reason text;
comment on column concern_fact.not_safeguarding_reason is 'Why it was no safeguarding matter, where the decision says so.';
alter table telling_fact add column replaced_at timestamptz;
comment on column telling_fact.replaced_at is 'When the next decision took this one''s place.';
alter table telling_fact add column wishes text;
comment on column telling_fact.wishes is 'What was recorded of what the person wants when the decision was made; null: nothing.';
alter table telling_fact add column sar_referral boolean;
comment on column telling_fact.sar_referral is 'Whether it goes to the board for a Safeguarding Adult Review. Null: it does not say, or was taken before this was kept.';
comment on table telling_fact is 'One decision that was made here on one concern, whether a person is named who made it, what was known of what the person concerned wants, whether it goes to the board, and when whoever raised it was told or why not was recorded, as held true from known_from until known_until (null: now). Each belongs to the wait of the same number.';
`;

/** Of events that were taken before: as the service makes them of those that come. */
export const filling = `
update concern_fact f set not_safeguarding_reason = told.reason
from (
  select record_id, (data ->> 'decidedAt')::timestamptz as at, data ->> 'outcome' as outcome, data ->> 'notSafeguardingReason' as reason
  from event where type = 'safeguarding.concern.triaged.v1' and data ->> 'notSafeguardingReason' is not null
  union all
  select record_id, (data -> 'decision' ->> 'decidedAt')::timestamptz, data -> 'decision' ->> 'outcome', data -> 'decision' ->> 'notSafeguardingReason'
  from event where type = 'safeguarding.concern.imported.v1' and data -> 'decision' ->> 'notSafeguardingReason' is not null
) told
where told.record_id = f.id and told.at = f.decided_at and told.outcome = f.outcome;

update telling_fact t set replaced_at = told.replaced_at, wishes = told.wishes
from (
  select f.id, f.nth, f.known_from, lead(f.decided_at) over (partition by f.id, f.known_from order by f.nth) as replaced_at,
    (select data ->> 'outcomesAsked' from event
     where record_id = f.id and type = 'safeguarding.concern.wishes-recorded.v1' and sequence < (
       select min(sequence) from event where record_id = f.id and type = 'safeguarding.concern.triaged.v1' and (data ->> 'decidedAt')::timestamptz = f.decided_at
     ) order by sequence desc limit 1) as wishes
  from telling_fact f
) told
where (told.id, told.nth, told.known_from) = (t.id, t.nth, t.known_from) and (told.replaced_at is not null or told.wishes is not null);
`;

const indexes = `
drop index concern_fact_received;
create index concern_fact_received on concern_fact (received_at)
  include (authority, nth, waiting_from, decided_at, replaced_at, outcome, not_safeguarding_reason, person_id, referrer_type) where known_until is null;
drop index telling_fact_now;
create index telling_fact_now on telling_fact (decided_at)
  include (id, nth, authority, has_decider, replaced_at, wishes, sar_referral, told_at, not_told_at) where known_until is null;
`;

/** What was known of what people want, why a matter was no safeguarding one, and what goes to the board, so that they can be measured. */
export class KnowWhatWasDecided1796000400000 implements MigrationInterface {
  name = 'KnowWhatWasDecided1796000400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    await runner.query(filling);
    await runner.query(indexes);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
