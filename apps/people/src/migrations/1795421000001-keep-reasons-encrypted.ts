import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, reasonShares, reasonTables } from '#libs/journal';

/** Why somebody read something is kept encrypted; the service moves what was kept before when it starts. */
export class KeepReasonsEncrypted1795421000001 implements MigrationInterface {
  name = 'KeepReasonsEncrypted1795421000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(reasonTables('people', ['read_audit', 'resending']) + guardTables('people', reasonShares));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
