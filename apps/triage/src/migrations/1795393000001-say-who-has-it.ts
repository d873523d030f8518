import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SayWhoHasIt1795393000001 implements MigrationInterface {
  name = 'SayWhoHasIt1795393000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table concern add column assigned_to text;
comment on column concern.assigned_to is 'The member of staff who is to decide it; null: nobody yet.';
`);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
