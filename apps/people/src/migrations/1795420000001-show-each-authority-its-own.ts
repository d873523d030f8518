import type { MigrationInterface, QueryRunner } from 'typeorm';
import { importShares, knowWhoseRows } from '#libs/extract';
import { auditorReads, guardSchema, guardTables, journalShares, letAuditorRead, messageShares, shares } from '#libs/journal';
import { readingsOfRecord } from '#libs/platform';

/**
 * Whom somebody is known to is asked of the owner's function: policies on the tables that say so cannot ask those tables
 * again. To PostgreSQL it costs next to nothing, so that it plans for programs that see all, of whom it is never asked.
 */
const acquaintance = `
create function is_known(asked uuid) returns boolean language plpgsql stable security definer cost 1 set search_path = people, pg_temp as $$
declare
  seen text[] := seen_authorities();
begin
  return exists (select from person_authority where person_id = asked and authority = any (seen))
    or exists (
      with recursive joined as (
        select person_id as id from person where joined_into = asked
        union
        select person.person_id from joined join person on person.joined_into = joined.id
      )
      select from joined join person_authority on person_authority.person_id = joined.id where person_authority.authority = any (seen)
    );
end $$;
comment on function is_known is 'Whether this person belongs to an authority of which the transaction was told: its records name them, themselves or as somebody joined into them.';
revoke all on function is_known from public;
grant execute on function is_known to people_app;
`;

const ofPerson = (person: string): string => shares.where(`is_known(${person})`);

const tables = {
  ...journalShares,
  ...messageShares,
  ...importShares,
  // A story is seen whole or not at all: whoever added to it did so for one authority or another.
  journal: ofPerson('journal.record_id'),
  record_key: ofPerson('record_key.record_id'),
  narrative: ofPerson('narrative.record_id'),
  person: ofPerson('person.person_id'),
  person_authority: ofPerson('person_authority.person_id'),
  identity: ofPerson('identity.person_id'),
  person_token: ofPerson('person_token.person_id'),
  claim: ofPerson('claim.person_id'),
  possible_match: shares.where('is_known(possible_match.person_id) or is_known(possible_match.other_person_id)'),
};

/** From here on PostgreSQL itself shows a transaction the rows of those for whom it runs, and no others (ADR 13). */
export class ShowEachAuthorityItsOwn1795420000001 implements MigrationInterface {
  name = 'ShowEachAuthorityItsOwn1795420000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(knowWhoseRows + guardSchema() + readingsOfRecord('people') + acquaintance);
    await runner.query(guardTables('people', tables) + letAuditorRead('people', auditorReads));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
