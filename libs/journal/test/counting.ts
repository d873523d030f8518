import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type Decider, RuleViolation } from '#libs/decider';
import { type DomainEvent, journalTables, messageTables, type Published, type Slice } from '#libs/journal';

/** The smallest kind of record there is: it counts to ten. */
export type Counted = { type: 'Counted'; at: string; to: number };
export type Count = { type: 'Count'; at: string };

export const counting: Decider<number, Count, Counted> = {
  initialState: 0,
  decide(command, state) {
    if (state >= 10) throw new RuleViolation('count/full', 'Ten is the most there is.');
    return [{ type: 'Counted', at: command.at, to: state + 1 }];
  },
  evolve: (_state, event) => event.to,
};

/** Even counts stay private; odd ones are told as the reopening of a concern, which has a contract. */
export const publish = (event: DomainEvent): Published[] =>
  (event as Counted).to % 2 === 0
    ? []
    : [{ type: 'safeguarding.concern.reopened.v1', data: { reopenedAt: event.at, previousOutcome: 's42_enquiry' } }];

export const countingSlice: Slice<number, Count, Counted> = {
  decider: counting,
  publish,
  async project(tx, standings) {
    for (const { recordId, state } of standings) {
      await tx.query(`insert into tally values ($1, $2) on conflict (id) do update set count = excluded.count`, [recordId, state]);
    }
  },
};

export class MakeTally20260101000000 implements MigrationInterface {
  name = 'MakeTally20260101000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(journalTables('triage') + messageTables('triage'));
    await runner.query('create table tally (id uuid primary key, count int not null); grant select, insert, update on tally to triage_app;');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
