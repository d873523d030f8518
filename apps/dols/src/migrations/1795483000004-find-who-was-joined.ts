import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A request for everything about somebody asks who was joined into them; without this it reads everybody who was ever joined. */
export class FindWhoWasJoined1795483000004 implements MigrationInterface {
  name = 'FindWhoWasJoined1795483000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index alias_into on alias (into_id) where into_id is not null');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
