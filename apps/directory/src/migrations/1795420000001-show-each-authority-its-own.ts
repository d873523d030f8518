import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditorReads, guardSchema, guardTables, journalShares, letAuditorRead, messageShares, shares } from '#libs/journal';
import { readingsOfRecord } from '#libs/platform';

const ofAuthority = shares.authority();
const tables = { ...journalShares, ...messageShares, staff_member: ofAuthority, team: ofAuthority, organisation: ofAuthority, place: ofAuthority, mention: ofAuthority };

/** What is asked before anybody can know for which authority a request runs, of one account each time. */
const signingIn = `
create function member_who_signs_in(asked uuid) returns table (acts_as text, authority text, roles text[], status text)
language sql stable security definer set search_path = directory, pg_temp as $$
  select member.acts_as, member.authority, member.roles, member.status from staff_member as member where member.id = asked
$$;
comment on function member_who_signs_in is 'Who an account is here, for whoever is about to act as it.';

create function may_be_first_administrator(council text, asked uuid) returns boolean language sql stable security definer set search_path = directory, pg_temp as $$
  select not exists (
    select from staff_member as member
    where (member.authority = council and member.status = 'active' and 'administrator' = any (member.roles))
       or (member.id = asked and (member.status <> 'active' or member.authority <> council))
  )
$$;
comment on function may_be_first_administrator is 'Whether a council has no administrator here, and this account is not somebody else''s or disabled.';
revoke all on function member_who_signs_in, may_be_first_administrator from public;
grant execute on function member_who_signs_in, may_be_first_administrator to directory_app;
`;

/** From here on PostgreSQL itself shows a transaction the rows of those for whom it runs, and no others (ADR 13). */
export class ShowEachAuthorityItsOwn1795420000001 implements MigrationInterface {
  name = 'ShowEachAuthorityItsOwn1795420000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(guardSchema() + readingsOfRecord('directory') + signingIn);
    await runner.query(guardTables('directory', tables) + letAuditorRead('directory', auditorReads));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
