import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An administrator ends somebody's sessions, and who signed in before is asked to do so again. */
export class EndSessions1795500700000 implements MigrationInterface {
  name = 'EndSessions1795500700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table staff_member add column sessions_ended_at timestamptz;
comment on column staff_member.sessions_ended_at is 'Whoever signed in as them before has to do so again.';
drop function member_who_signs_in (uuid);
create function member_who_signs_in(asked uuid) returns table (acts_as text, authority text, roles text[], status text, sessions_ended_at timestamptz)
language sql stable security definer set search_path = directory, pg_temp as $$
  select member.acts_as, member.authority, member.roles, member.status, member.sessions_ended_at from staff_member as member where member.id = asked
$$;
comment on function member_who_signs_in is 'Who an account is here, for whoever is about to act as it.';
revoke all on function member_who_signs_in from public;
grant execute on function member_who_signs_in to directory_app;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
