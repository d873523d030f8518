import type { MigrationInterface, QueryRunner } from 'typeorm';
import { letterRecord } from '#libs/journal';

/** A message that was set aside is hidden with the restricted record that it is about. */
export class HideLetters1795485000002 implements MigrationInterface {
  name = 'HideLetters1795485000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(letterRecord);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
