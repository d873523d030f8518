import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDrafts1795396000001 implements MigrationInterface {
  readonly name = 'CreateDrafts1795396000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table draft (
  id bytea primary key check (length(id) = 32),
  content bytea not null,
  ends_at timestamptz not null
);
comment on table draft is 'A concern that somebody is still writing; encrypted under a secret that only their browser or their return code holds (ADR 12).';
create index draft_end on draft (ends_at);`);
    const [{ role }] = (await runner.query(`select current_schema() || '_app' as role`)) as [{ role: string }];
    await runner.query(`grant select, insert, update, delete on draft to "${role}"`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
