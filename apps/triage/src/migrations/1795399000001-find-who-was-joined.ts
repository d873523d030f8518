import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The page of a concern asks who was joined into its person; without this it reads everybody who was ever joined. */
export class FindWhoWasJoined1795399000001 implements MigrationInterface {
  name = 'FindWhoWasJoined1795399000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index alias_into on alias (into_id) where into_id is not null');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
