import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepFromSome } from '#libs/journal';

/** Of records it is kept here from whom they are kept, so that what is told of a person does not lead those to them (ADR 18). */
export class KeepRecordsFromSome1795501200000 implements MigrationInterface {
  name = 'KeepRecordsFromSome1795501200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(keepFromSome('people', {}));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
