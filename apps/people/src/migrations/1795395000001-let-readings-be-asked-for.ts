import type { MigrationInterface, QueryRunner } from 'typeorm';
import { readingsIndexes } from '#libs/platform';

/** Auditors ask who read what. */
export class LetReadingsBeAskedFor1795395000001 implements MigrationInterface {
  name = 'LetReadingsBeAskedFor1795395000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(readingsIndexes);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
