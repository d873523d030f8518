import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetAliasesBeMended1795384000001 implements MigrationInterface {
  name = 'LetAliasesBeMended1795384000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('grant insert, delete on alias to triage_maintain');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
