import type { MigrationInterface, QueryRunner } from 'typeorm';
import { restrictionTable } from '#libs/journal';

/** Of restricted records it is kept here to whom they are open, so that what is told of a person leads nobody else to them (ADR 18). */
export class RestrictRecords1795450000001 implements MigrationInterface {
  name = 'RestrictRecords1795450000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(restrictionTable('people'));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
