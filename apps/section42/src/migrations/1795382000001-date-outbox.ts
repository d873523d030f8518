import type { MigrationInterface, QueryRunner } from 'typeorm';
import { outboxTimes } from '#libs/journal';

export class DateOutbox1795382000001 implements MigrationInterface {
  name = 'DateOutbox1795382000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outboxTimes());
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
