import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, shares } from '#libs/journal';

/** Whoever raised a concern without an account follows it by a code. */
export class FollowByCode1795440000002 implements MigrationInterface {
  name = 'FollowByCode1795440000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table following (
  record_id uuid primary key,
  authority text not null,
  asked_at timestamptz not null,
  asked int not null,
  counted_from timestamptz not null,
  code_hmac bytea,
  code_ends_at timestamptz,
  tries int not null default 0,
  session_hmac bytea,
  begun_at timestamptz,
  seen_at timestamptz,
  check (num_nulls(code_hmac, code_ends_at) in (0, 2)),
  check (num_nulls(session_hmac, begun_at, seen_at) in (0, 3))
);
comment on table following is 'How somebody without an account follows a concern that they raised: their code and, once it was used, their session, both as hashes under a key of the service.';
grant select, insert, update, delete on following to triage_app;
`);
    await runner.query(guardTables('triage', { following: shares.authority() }));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
