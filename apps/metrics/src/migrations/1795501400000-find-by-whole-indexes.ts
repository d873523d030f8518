import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * PostgreSQL takes an index with a condition that was made over nothing for empty until it has counted it, so reading all of one looks
 * cheaper than looking somebody up: while an import filled the tables, a batch of some hundred people read every concern for each of
 * them. Who somebody is and whose a concern is are looked up first, by indexes of every row; what holds now is asked of what was found.
 */
const indexes = `
drop index concern_fact_person;
create index concern_fact_person on concern_fact (person_id) include (id, authority, received_at, known_until, nth);
drop index alias_fact_into;
create index alias_fact_into on alias_fact (into_id) include (id, known_until);
`;

const lookUps: readonly (readonly [before: RegExp, after: string])[] = [
  [
    /\(select concern_fact\.id, authority, received_at from concern_fact where person_id = ([\w.]+) and known_until is null and nth = 1 offset 0\)/g,
    '(select * from (select id, authority, received_at, known_until, nth from concern_fact where person_id = $1 offset 0) any_time where known_until is null and nth = 1)',
  ],
  [
    /\(select into_id from alias_fact where alias_fact\.id = ([\w.]+) and known_until is null offset 0\)/g,
    '(select into_id from (select into_id, known_until from alias_fact where alias_fact.id = $1 offset 0) any_time where known_until is null)',
  ],
  [
    /\(select alias_fact\.id from alias_fact where into_id = ([\w.]+) and known_until is null offset 0\)/g,
    '(select id from (select alias_fact.id, known_until from alias_fact where into_id = $1 offset 0) any_time where known_until is null)',
  ],
];

function replaced(text: string, [before, after]: (typeof lookUps)[number]): string {
  const now = text.replace(before, after);
  if (now === text) throw new Error(`find_repeats has no ${before.source}`);
  return now;
}

/** Which concerns repeat others is looked up by person whatever PostgreSQL knows of the tables. */
export class FindByWholeIndexes1795501400000 implements MigrationInterface {
  name = 'FindByWholeIndexes1795501400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(indexes);
    const [{ written }] = await runner.query(`select pg_get_functiondef('find_repeats'::regproc) as written`);
    await runner.query(lookUps.reduce(replaced, written as string));
    await runner.query('alter function find_repeats(uuid[], uuid[]) set enable_seqscan = off');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
