import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, shares } from '#libs/journal';

const table = `
create table repeat_concern (
  id uuid primary key,
  authority text collate "C" not null,
  day date not null,
  by_own boolean not null
);
comment on table repeat_concern is 'Each concern, as known now, about somebody of whom another was received before it and at most 365 times 24 hours before. It changes with the facts.';
comment on column repeat_concern.day is 'On which the later one was received, in London.';
comment on column repeat_concern.by_own is 'Whether an earlier one was received by the same authority, and not by others alone.';
create index repeat_concern_received on repeat_concern (day) include (authority, by_own);
create index concern_fact_person on concern_fact (person_id) include (id, authority, received_at) where known_until is null and nth = 1;
create index alias_fact_into on alias_fact (into_id) include (id) where known_until is null;
grant select, insert, delete on repeat_concern to metrics_app;
grant select on repeat_concern to metrics_maintain;
`;

/** The functions name no schema: beside the live facts they find the live table, beside the shadow ones that of the shadow. */
const finding = `
create function find_repeats(people uuid[], gone uuid[]) returns void language plpgsql as $$
declare
  members uuid[];
begin
  -- Concerns and joinings change side by side: whoever comes second has to see what the first one changed.
  perform pg_advisory_xact_lock(hashtext('metrics facts'), hashtext('repeats'));
  with recursive member (id) as (
    select unnest(people)
    union
    select joined.id from member cross join lateral (
      select into_id as id from alias_fact where alias_fact.id = member.id and known_until is null
      union all select alias_fact.id from alias_fact where into_id = member.id and known_until is null
    ) joined
  )
  select array_agg(id) into members from member where id is not null;
  delete from repeat_concern where id = any(gone)
    or id in (select f.id from unnest(members) member (id) join concern_fact f on f.person_id = member.id where f.known_until is null and f.nth = 1);
  with recursive steps (id, at) as (
    select alias_fact.id, into_id from unnest(members) member (id) join alias_fact using (id) where known_until is null
    union
    select steps.id, into_id from steps join alias_fact on alias_fact.id = steps.at and known_until is null
  ), led as materialized (
    select id, coalesce(min(at::text) filter (where not exists (select from alias_fact where alias_fact.id = at and known_until is null)), min(at::text))::uuid as into_id
    from steps group by id
  ), about as materialized (
    select f.id, f.authority, f.received_at, coalesce(led.into_id, f.person_id) as person
    from unnest(members) member (id) join concern_fact f on f.person_id = member.id left join led on led.id = member.id
    where f.known_until is null and f.nth = 1
  )
  insert into repeat_concern (id, authority, day, by_own)
  select later.id, later.authority, (later.received_at at time zone 'Europe/London')::date, bool_or(earlier.authority = later.authority)
  from about later join about earlier using (person)
  where earlier.received_at < later.received_at and earlier.received_at >= later.received_at - interval '8760 hours'
  group by 1, 2, 3;
end $$;
comment on function find_repeats is 'Finds the repeats anew of some people, those who were joined with them, and those who no longer are; some concerns are no more.';
revoke all on function find_repeats from public;
grant execute on function find_repeats to metrics_app, metrics_maintain;
`;

const all = `perform metrics.find_repeats((select array_agg(distinct person_id) from concern_fact where known_until is null and nth = 1), '{}')`;

/** What is drawn up beside the live tables is found there too, and goes the way of the tally. */
const shadow: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'tally_shadow',
    'analyze metrics_shadow.tally;',
    `analyze metrics_shadow.tally;
  drop table if exists metrics_shadow.repeat_concern;
  create table metrics_shadow.repeat_concern (like metrics.repeat_concern including all);
  grant select, insert, delete on metrics_shadow.repeat_concern to metrics_maintain;
  ${all};`,
  ],
  ['close_shadow', `'tally'`, `'tally', 'repeat_concern'`],
  ['swap_shadow', 'delete from metrics.tally;', `delete from metrics.repeat_concern;\n  insert into metrics.repeat_concern select * from metrics_shadow.repeat_concern;\n  delete from metrics.tally;`],
];

/** Which concerns were about somebody of whom there had been one is kept as it changes, so that asking costs no more with ten times as many. */
export class KnowWhatWasRaisedBefore1795442000001 implements MigrationInterface {
  name = 'KnowWhatWasRaisedBefore1795442000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table + guardTables('metrics', { repeat_concern: shares.authority() }) + finding);
    await runner.query(`do $$ begin ${all}; end $$`);
    for (const [name, before, after] of shadow) {
      const [{ written }] = await runner.query(`select pg_get_functiondef('${name}'::regproc) as written`);
      await runner.query(written.replace(before, after));
    }
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
