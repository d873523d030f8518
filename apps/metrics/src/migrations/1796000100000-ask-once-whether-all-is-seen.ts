import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardAnew, shares } from '#libs/journal';

const { counted } = shares;
const tables = { concern_fact: counted, enquiry_fact: counted, dols_fact: counted, telling_fact: counted, tally: counted, repeat_concern: counted };

/** What a transaction sees stays what it was. Of every row that the board counts two lists were searched, which took as long as reading it. */
export class AskOnceWhetherAllIsSeen1796000100000 implements MigrationInterface {
  name = 'AskOnceWhetherAllIsSeen1796000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(guardAnew(tables));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
