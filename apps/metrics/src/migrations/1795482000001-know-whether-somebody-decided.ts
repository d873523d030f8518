import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was taken before says nothing of it, until the facts are rebuilt from what was published. */
const columns = `
alter table event add column has_actor boolean;
comment on column event.has_actor is 'Whether its envelope names whoever did it; who that was is not kept. Null: taken before this was kept.';
alter table telling_fact add column has_decider boolean;
comment on column telling_fact.has_decider is 'Whether a person is named who made the decision. Null: taken before this was kept.';
comment on table telling_fact is 'One decision that was made here on one concern, whether a person is named who made it, and when whoever raised it was told or why not was recorded, as held true from known_from until known_until (null: now). Each belongs to the wait of the same number.';
drop index telling_fact_now;
create index telling_fact_now on telling_fact (decided_at) include (id, nth, authority, has_decider, told_at, not_told_at) where known_until is null;
`;

/** Whether each decision has a named person, so that one without can be seen. */
export class KnowWhetherSomebodyDecided1795482000001 implements MigrationInterface {
  name = 'KnowWhetherSomebodyDecided1795482000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
