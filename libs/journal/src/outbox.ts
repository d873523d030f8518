import type { Queries } from './database.js';

/** When an event came into the outbox: a refill brings in old ones, which have not waited for as long as they are old. */
export const outboxTimes = (): string => `
alter table outbox add column queued_at timestamptz not null default now();
comment on column outbox.queued_at is 'Since when the event waits for the broker.';
`;

export interface OutboxState {
  rows: number;
  /** How long the oldest has waited, in seconds; 0 where none waits. */
  oldestSeconds: number;
}

/** How much waits for the broker, and for how long. */
export async function outboxState(queries: Queries): Promise<OutboxState> {
  const [state]: OutboxState[] = await queries.query(
    `select count(*) as rows, coalesce(greatest(extract(epoch from clock_timestamp() - min(queued_at)), 0), 0)::float8 as "oldestSeconds" from outbox`,
  );
  return state!;
}
