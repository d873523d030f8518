import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, shares } from '#libs/journal';

/** A concern can name the place of the directory at which it happened, and the others there are found by it. */
export class NamePlaces1795480000001 implements MigrationInterface {
  name = 'NamePlaces1795480000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table concern add column place_id uuid;
comment on column concern.place_id is 'The place of the directory at which it happened; null: nobody says so.';
create index concern_place on concern (place_id, received_at, id) where place_id is not null;

create table known_place (
  id uuid primary key,
  authority text not null,
  in_error boolean not null
);
comment on table known_place is 'Which places there are, as the directory told it: one row a place, also of one that was entered in error. None is named.';
grant select, insert, update on known_place to triage_app;
`);
    await runner.query(guardTables('triage', { known_place: shares.authority() }));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
