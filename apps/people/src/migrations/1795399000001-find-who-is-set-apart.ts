import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nearly everybody is known; whoever looks for somebody leaves the few out who were joined, disposed of or entered in error. */
export class FindWhoIsSetApart1795399000001 implements MigrationInterface {
  name = 'FindWhoIsSetApart1795399000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index person_set_apart on person (person_id) where status <> 'known'`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
