import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever raised a concern is sent a notice that more is wanted. */
export class SayThatMoreIsWanted1795501500000 implements MigrationInterface {
  name = 'SayThatMoreIsWanted1795501500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table sending drop constraint sending_kind_check, add constraint sending_kind_check check (kind in ('told', 'code', 'asked'))`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
