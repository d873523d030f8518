import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, shares } from '#libs/journal';

const table = `
create table telling_fact (
  id uuid not null,
  nth int not null check (nth > 0),
  known_from timestamptz not null,
  known_until timestamptz,
  authority text not null,
  decided_at timestamptz not null,
  told_at timestamptz,
  not_told_at timestamptz,
  primary key (id, nth, known_from),
  check (known_until > known_from),
  check (told_at is null or not_told_at is null)
);
comment on table telling_fact is 'One decision that was made here on one concern, and when whoever raised it was told or why not was recorded, as held true from known_from until known_until (null: now). Each belongs to the wait of the same number.';
create index telling_fact_now on telling_fact (decided_at) include (id, nth, authority, told_at, not_told_at) where known_until is null;
grant select, insert, delete on telling_fact to metrics_app;
grant select on telling_fact to metrics_maintain;
`;

/** Of events that were taken before: as the service makes them of those that come. */
export const filling = `
with story as (
  select record_id, type, recorded_at, sequence, authority,
    (data ->> case type when 'safeguarding.concern.triaged.v1' then 'decidedAt' when 'safeguarding.concern.imported.v1' then 'receivedAt' else 'at' end)::timestamptz as at,
    (data -> 'decision' ->> 'decidedAt')::timestamptz as imported_at, (data ->> 'told')::boolean as told
  from event where record_id in (select record_id from event where type = 'safeguarding.concern.triaged.v1')
    and type in ('safeguarding.concern.imported.v1', 'safeguarding.concern.triaged.v1', 'safeguarding.concern.feedback-recorded.v1', 'safeguarding.concern.entered-in-error.v1')
), moment as (
  select distinct record_id, recorded_at from story
), decision as (
  select moment.record_id, moment.recorded_at, one.at, one.is_here,
    row_number() over (partition by moment.record_id, moment.recorded_at order by one.at, one.sequence) as nth,
    lead(one.at) over (partition by moment.record_id, moment.recorded_at order by one.at, one.sequence) as until
  from moment cross join lateral (
    select at, sequence, true as is_here from story where record_id = moment.record_id and recorded_at <= moment.recorded_at and type = 'safeguarding.concern.triaged.v1'
    union all
    select imported_at, sequence, false from story where record_id = moment.record_id and recorded_at <= moment.recorded_at and imported_at is not null
  ) one
  where not exists (select from story where record_id = moment.record_id and recorded_at <= moment.recorded_at and type = 'safeguarding.concern.entered-in-error.v1')
), told as (
  select record_id, recorded_at, jsonb_agg(jsonb_build_object(
    'nth', nth, 'authority', authority, 'decided_at', decision.at, 'told_at', told_at, 'not_told_at', case when told_at is null then not_told_at end) order by nth) as facts
  from decision
    cross join lateral (select (array_agg(at order by sequence) filter (where told))[1] as told_at, (array_agg(at order by sequence) filter (where not told))[1] as not_told_at from story
      where record_id = decision.record_id and recorded_at <= decision.recorded_at and type = 'safeguarding.concern.feedback-recorded.v1' and story.at >= decision.at and (until is null or story.at < until)) feedback
    cross join lateral (select authority from event where event.record_id = decision.record_id and authority is not null order by sequence desc limit 1) owner
  where is_here group by 1, 2
), version as (
  select record_id, recorded_at, facts, lag(facts) over story as before from moment left join told using (record_id, recorded_at) window story as (partition by record_id order by recorded_at)
), lasting as (
  select record_id, facts, recorded_at as known_from, lead(recorded_at) over (partition by record_id order by recorded_at) as known_until from version where facts is distinct from before
)
insert into telling_fact (id, nth, known_from, known_until, authority, decided_at, told_at, not_told_at)
select record_id, nth, known_from, known_until, authority, decided_at, told_at, not_told_at
from lasting cross join lateral jsonb_to_recordset(facts) as fact (nth int, authority text, decided_at timestamptz, told_at timestamptz, not_told_at timestamptz)
`;

/** What is drawn up beside the live tables, and put in their place. */
const drawnUp = ['open_shadow', 'close_shadow', 'exchange_shadow'];

/** Whether whoever raised a concern was told of each decision, so that it can be measured. */
export class KnowWhoWasTold1795441000001 implements MigrationInterface {
  name = 'KnowWhoWasTold1795441000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table + guardTables('metrics', { telling_fact: shares.authority() }));
    await runner.query(filling);
    for (const name of drawnUp) {
      const [{ written }] = await runner.query(`select pg_get_functiondef('${name}'::regproc) as written`);
      await runner.query(written.replaceAll(`'concern_fact', `, `'concern_fact', 'telling_fact', `));
    }
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
