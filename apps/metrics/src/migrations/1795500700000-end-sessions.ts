import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sessionsEndedColumn } from '#libs/platform';

/** Whose sessions an administrator ended is told by the directory like everything else about the staff. */
export class EndSessions1795500700000 implements MigrationInterface {
  name = 'EndSessions1795500700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sessionsEndedColumn);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
