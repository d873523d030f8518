import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardSchema, guardTables, letAuditorRead, messageShares, shares } from '#libs/journal';

const tables = {
  ...messageShares,
  // Events of one record may be of several authorities, or of none; facts follow from all of them together.
  event: shares.all,
  disposed_person: shares.all,
  concern_fact: shares.authority(),
  enquiry_fact: shares.authority(),
  dols_fact: shares.authority(),
  // Pseudonyms with coded characteristics, which lead to nobody and belong to no authority.
  person_fact: shares.told,
  alias_fact: shares.told,
};

const drawnUp = `array['inbox', 'event', 'disposed_person', 'concern_fact', 'enquiry_fact', 'dols_fact', 'person_fact', 'alias_fact']`;

/** As before, and with the policies of the tables whose place they take. */
const swapping = `
create or replace function swap_shadow() returns void language plpgsql security definer set search_path = metrics, pg_temp as $$
declare
  name text;
  statement text;
begin
  foreach name in array ${drawnUp} loop
    execute format('lock table metrics.%I in access exclusive mode', name);
  end loop;
  foreach name in array ${drawnUp} loop
    execute format('revoke all on metrics_shadow.%I from metrics_maintain', name);
    for statement in
      select format('grant %s on metrics_shadow.%I to %s', privilege_type, name, grantee::regrole::text)
      from pg_class, aclexplode(relacl) where oid = format('metrics.%I', name)::regclass and grantee <> relowner
      union all
      select format('grant %s (%I) on metrics_shadow.%I to %s', privilege_type, attname, name, grantee::regrole::text)
      from pg_attribute, aclexplode(attacl) where attrelid = format('metrics.%I', name)::regclass
      union all
      select replace(pg_get_triggerdef(oid), ' ON metrics.', ' ON metrics_shadow.')
      from pg_trigger where tgrelid = format('metrics.%I', name)::regclass and not tgisinternal
      union all
      select format('comment on table metrics_shadow.%I is %L', name, obj_description(format('metrics.%I', name)::regclass))
      union all
      select format('alter table metrics_shadow.%I enable row level security, force row level security', name)
      union all
      select format('create policy %I on metrics_shadow.%I for %s to %s using (%s)', policyname, name, cmd,
        (select string_agg(quote_ident(role::text), ', ') from unnest(roles) as role), qual)
      from pg_policies where schemaname = 'metrics' and tablename = name
    loop
      execute statement;
    end loop;
    execute format('drop table metrics.%I', name);
    execute format('alter table metrics_shadow.%I set schema metrics', name);
  end loop;
end $$;
comment on function swap_shadow is 'Puts the shadow tables in the place of the live ones, with their rights, policies, comments and triggers.';
`;

/** From here on PostgreSQL itself shows a transaction the rows of those for whom it runs, and no others (ADR 13). */
export class ShowEachAuthorityItsOwn1795420000001 implements MigrationInterface {
  name = 'ShowEachAuthorityItsOwn1795420000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(guardSchema());
    await runner.query(guardTables('metrics', tables) + letAuditorRead('metrics', ['resending']) + swapping);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
