import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known now of one person, read by its index whatever else is planned: a plan that was made while the table was nearly empty compares every concern with every person of a batch. */
const concernsOf = (person: string): string =>
  `lateral (select concern_fact.id, authority, received_at from concern_fact where person_id = ${person} and known_until is null and nth = 1 offset 0)`;
const ledFrom = (person: string): string => `lateral (select into_id from alias_fact where alias_fact.id = ${person} and known_until is null offset 0)`;
const ledTo = (person: string): string => `lateral (select alias_fact.id from alias_fact where into_id = ${person} and known_until is null offset 0)`;

/** As before, with everything looked up by person. The functions name no schema: beside the live facts they find the live table, beside the shadow ones that of the shadow. */
const finding = `
create or replace function find_repeats(people uuid[], gone uuid[]) returns void language plpgsql set enable_nestloop = off set enable_mergejoin = off as $$
declare
  members uuid[];
  theirs uuid[];
begin
  -- Concerns and joinings change side by side: whoever comes second has to see what the first one changed.
  perform pg_advisory_xact_lock(hashtext('metrics facts'), hashtext('repeats'));
  with recursive member (id) as (
    select unnest(people)
    union
    select joined.id from member cross join lateral (
      select into_id as id from ${ledFrom('member.id')} one union all select other.id from ${ledTo('member.id')} other
    ) joined
  )
  select array_agg(id) into members from member where id is not null;
  select array_agg(f.id) into theirs from unnest(members) member (id) cross join ${concernsOf('member.id')} f;
  delete from repeat_concern where id = any(gone || theirs);
  with recursive steps (id, at) as (
    select member.id, into_id from unnest(members) member (id) cross join ${ledFrom('member.id')} joined
    union
    select steps.id, into_id from steps cross join ${ledFrom('steps.at')} joined
  ), led as materialized (
    select id, coalesce(min(at::text) filter (where not exists (select from alias_fact where alias_fact.id = at and known_until is null)), min(at::text))::uuid as into_id
    from steps group by id
  ), about as materialized (
    select f.id, f.authority, f.received_at, coalesce(led.into_id, member.id) as person
    from unnest(members) member (id) cross join ${concernsOf('member.id')} f left join led on led.id = member.id
  )
  insert into repeat_concern (id, authority, day, by_own)
  select later.id, later.authority, (later.received_at at time zone 'Europe/London')::date, bool_or(earlier.authority = later.authority)
  from about later join about earlier using (person)
  where earlier.received_at < later.received_at and earlier.received_at >= later.received_at - interval '8760 hours'
  group by 1, 2, 3;
end $$;
`;

/** Which concerns repeat others is found at the cost of those concerns, also while an import fills the tables faster than PostgreSQL counts them. */
export class FindRepeatsByPerson1795500700000 implements MigrationInterface {
  name = 'FindRepeatsByPerson1795500700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(finding);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
