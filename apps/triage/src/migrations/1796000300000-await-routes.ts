import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, hideRestricted, shares } from '#libs/journal';

/** Where decided concerns were sent and nobody has said that they have them is listed. Nothing of before: what was decided then was sent nowhere by an event. */
export class AwaitRoutes1796000300000 implements MigrationInterface {
  name = 'AwaitRoutes1796000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table awaited_route (
  record_id uuid not null,
  decision int not null check (decision > 0),
  route text not null,
  authority text not null,
  other_authority text,
  sent_at timestamptz not null,
  refused_at timestamptz,
  primary key (record_id, decision, route)
);
comment on table awaited_route is 'Where a decision sent a concern from where nobody has said yet that they have it, or which does not take it and nobody found another way. Gone once they have it, or nobody waits any more.';
comment on column awaited_route.other_authority is 'Which council known here, where it goes to another; null also where it is one that is named in words.';
comment on column awaited_route.refused_at is 'When they said that they do not take it; null: they have said nothing.';
create index awaited_route_oldest on awaited_route (authority, sent_at, record_id, decision, route);
grant select, insert, update, delete on awaited_route to triage_app;
grant select, insert, update, delete, truncate on awaited_route to triage_maintain;
`);
    await runner.query(guardTables('triage', { awaited_route: shares.authority() }));
    await runner.query(hideRestricted('triage', { awaited_route: { record: 'record_id' } }));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
