import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who signs in for a partner organisation, so that what they raise says whose it is. */
export class SayForWhomPartnersSignIn1795486000001 implements MigrationInterface {
  name = 'SayForWhomPartnersSignIn1795486000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table organisation add column partners text[] not null default '{}';
comment on column organisation.partners is 'Whose people and programs sign in for it: the ids by which they act. Nobody is named.';
create index organisation_partners on organisation using gin (partners);
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
