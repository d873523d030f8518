import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type Kind, kinds, markColumns, markRows } from './1795440000001-keep-tallies.js';

const types = ['text', 'date', 'date', 'text', 'int', 'bigint'];

/** As `markRows` has them, in arrays: PostgreSQL prepares the expressions of a `values` list anew for every fact, which took longer than all else. */
const markArrays = (kind: Kind): string => {
  const marks = markColumns(kind);
  const arrays = types.map((type, at) => `array[${marks.map((columns) => columns[at]).join(', ')}]::${type}[]`);
  return `unnest(${arrays.join(',\n')}) mark (counted, day, month, part, cases, micros)`;
};

const counting = [...Object.keys(kinds).map((facts) => `tally_${facts}`), 'tally_shadow'];

/** What is counted of facts, told to PostgreSQL in a shorter way. */
export class CountInArrays1795500700001 implements MigrationInterface {
  name = 'CountInArrays1795500700001';

  async up(runner: QueryRunner): Promise<void> {
    for (const name of counting) {
      const [{ written }] = await runner.query(`select pg_get_functiondef('${name}'::regproc) as written`);
      await runner.query(Object.values(kinds).reduce((text, kind) => text.replace(markRows(kind), () => markArrays(kind)), written as string));
    }
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
