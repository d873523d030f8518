import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What follows from contracts alone, and so can be drawn up again beside the live tables. */
const tables = `array['inbox', 'event', 'disposed_person', 'concern_fact', 'enquiry_fact', 'dols_fact', 'person_fact', 'alias_fact']`;

const opening = `
create function open_shadow() returns void language plpgsql security definer set search_path = metrics, pg_temp as $$
declare
  name text;
begin
  foreach name in array ${tables} loop
    execute format('drop table if exists metrics_shadow.%I', name);
    execute format('create table metrics_shadow.%I (like metrics.%I including all excluding indexes)', name, name);
    execute format('grant select, insert, update, delete on metrics_shadow.%I to metrics_maintain', name);
  end loop;
end $$;
comment on function open_shadow is 'Makes the shadow tables anew: empty, and without the indexes that would slow down filling them.';

create function close_shadow() returns void language plpgsql security definer set search_path = metrics, pg_temp as $$
declare
  name text;
begin
  foreach name in array ${tables} loop
    execute format('drop table if exists metrics_shadow.%I', name);
  end loop;
end $$;
comment on function close_shadow is 'Throws the shadow tables away.';

create function dress_shadow(filled text[]) returns void language plpgsql security definer set search_path = metrics, pg_temp as $$
declare
  name text;
  statement text;
begin
  foreach name in array filled loop
    for statement in
      select format('alter table metrics_shadow.%I add constraint %I %s', name, conname, pg_get_constraintdef(oid))
      from pg_constraint where conrelid = format('metrics.%I', name)::regclass and contype in ('p', 'u')
      union all
      select replace(pg_get_indexdef(indexrelid), ' ON metrics.', ' ON metrics_shadow.')
      from pg_index where indrelid = format('metrics.%I', name)::regclass
      and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
    loop
      execute statement;
    end loop;
    if right(name, 5) = '_fact' then
      execute format('analyze metrics_shadow.%I', name);
    end if;
  end loop;
end $$;
comment on function dress_shadow is 'Gives filled shadow tables the keys and indexes of the live ones, under the same names; statistics to those that measures read.';
`;

const swapping = `
create function hold_facts() returns void language sql security definer set search_path = metrics, pg_temp as
$$ lock table inbox in share row exclusive mode $$;
comment on function hold_facts is 'Until the transaction ends, no message is taken: each begins by claiming its row of the inbox.';

create function swap_shadow() returns void language plpgsql security definer set search_path = metrics, pg_temp as $$
declare
  name text;
  statement text;
begin
  foreach name in array ${tables} loop
    execute format('lock table metrics.%I in access exclusive mode', name);
  end loop;
  foreach name in array ${tables} loop
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
    loop
      execute statement;
    end loop;
    execute format('drop table metrics.%I', name);
    execute format('alter table metrics_shadow.%I set schema metrics', name);
  end loop;
end $$;
comment on function swap_shadow is 'Puts the shadow tables in the place of the live ones, with their rights, comments and triggers.';
`;

const letters = `
create function let_go_of_letters() returns bigint language sql security definer set search_path = metrics, pg_temp as $$
  with gone as (delete from dead_letter where message_id in (select message_id from inbox) returning message_id) select count(*) from gone
$$;
comment on function let_go_of_letters is 'Forgets the messages that were set aside and have been taken after all, by a rebuild. Answers how many those were.';
`;

const grants = `
revoke all on function open_shadow, close_shadow, dress_shadow, hold_facts, swap_shadow, let_go_of_letters from public;
grant execute on function open_shadow, close_shadow, dress_shadow, hold_facts, swap_shadow, let_go_of_letters to metrics_maintain;
`;

/** Facts are rebuilt side by side by a role that may not change the live ones, and swapped by their owner's functions. */
export class DrawUpFactsBeside1795305700000 implements MigrationInterface {
  name = 'DrawUpFactsBeside1795305700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${opening}${swapping}${letters}${grants}`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
