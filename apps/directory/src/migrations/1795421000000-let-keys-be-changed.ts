import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, keyShares, retiredKeys } from '#libs/journal';

/** The service's keys can be changed. */
export class LetKeysBeChanged1795421000000 implements MigrationInterface {
  name = 'LetKeysBeChanged1795421000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(retiredKeys('directory') + guardTables('directory', keyShares));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
