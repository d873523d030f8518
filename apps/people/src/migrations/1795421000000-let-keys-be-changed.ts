import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, keyShares, retiredKeys } from '#libs/journal';

/** The service's keys can be changed. */
export class LetKeysBeChanged1795421000000 implements MigrationInterface {
  name = 'LetKeysBeChanged1795421000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(retiredKeys('people') + guardTables('people', keyShares));
    await runner.query('grant update (cells) on quarantine to people_maintain');
    await runner.query('grant update (detail) on extract_row to people_maintain');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
