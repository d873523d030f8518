import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSessions1795390000001 implements MigrationInterface {
  readonly name = 'CreateSessions1795390000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table session (
  id bytea primary key check (length(id) = 32),
  content bytea,
  ends_at timestamptz not null
);
comment on table session is 'Somebody who is signed in, under the hash of their session''s id; encrypted. Without content it has ended.';
create index session_end on session (ends_at);`);
    const [{ role }] = (await runner.query(`select current_schema() || '_app' as role`)) as [{ role: string }];
    await runner.query(`grant select, insert, update, delete on session to "${role}"`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
