import type { MigrationInterface, QueryRunner } from 'typeorm';
import { messageTables } from '#libs/journal';

/** Where messages wait for the one before them, and who sent again what had been set aside. */
export class ParkMessages1795379000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(messageTables('section42'));
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
