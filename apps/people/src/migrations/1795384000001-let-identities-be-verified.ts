import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetIdentitiesBeVerified1795384000001 implements MigrationInterface {
  name = 'LetIdentitiesBeVerified1795384000001';

  /** What lies there is encrypted or keyed; the role reads it, the service that has the key opens it. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('grant select on identity, person_token, claim to people_maintain');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
