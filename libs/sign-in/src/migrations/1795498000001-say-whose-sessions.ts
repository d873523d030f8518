import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of sessions that began before, nobody is told; they are over within twelve hours. */
export class SayWhoseSessions1795498000001 implements MigrationInterface {
  readonly name = 'SayWhoseSessions1795498000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table session add column whose bytea, add column began_at timestamptz, add column seen_at timestamptz;
comment on column session.whose is 'Who is signed in, as a keyed hash: it finds their other sessions and names nobody.';
create index session_whose on session (whose) where whose is not null;`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
