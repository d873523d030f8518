import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, keyShares, retiredKeys } from '#libs/journal';

/** The service's keys can be changed. */
export class LetKeysBeChanged1795421000000 implements MigrationInterface {
  name = 'LetKeysBeChanged1795421000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(retiredKeys('triage') + guardTables('triage', keyShares));
    await runner.query('grant update (cells) on quarantine to triage_maintain');
    await runner.query('grant update (name) on organisation_named to triage_maintain');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
