import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom no record needs any more is found by when the last that did was disposed of, and nothing of them stays that leads to anybody. */
export class LetPeopleBeDisposedOf1795500000000 implements MigrationInterface {
  name = 'LetPeopleBeDisposedOf1795500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table person add column let_go_at timestamptz check (let_go_at is null or status <> 'disposed');
comment on column person.let_go_at is 'When the last record that named them and was disposed of went. Others may still name them.';
create index person_let_go on person (let_go_at) where let_go_at is not null;
grant delete on possible_match to people_app;
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
