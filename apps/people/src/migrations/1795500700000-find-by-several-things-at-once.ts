import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People are found by several things at once. What those are found by who are known already only the service can make anew,
 * since it alone has the key: it looks for them by the second index, which is empty when it is done.
 */
export class FindBySeveralThingsAtOnce1795500700000 implements MigrationInterface {
  name = 'FindBySeveralThingsAtOnce1795500700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index person_token_person on person_token (person_id);
create index person_token_of_before on person_token (person_id) where kind in ('prefix', 'year', 'sector');
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
