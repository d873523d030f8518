import type { Tx } from '#libs/journal';
import { type Facts, factsOf } from '../../domain/facts-of.js';
import type { AnyTold } from '../../domain/told.js';

/** A published event as it is kept. */
export interface KeptEvent {
  id: string;
  source: string;
  record_id: string;
  sequence: number;
  type: string;
  authority: string | null;
  occurred_at: string;
  recorded_at: string;
  data: Record<string, unknown>;
}

/** The types that facts are made of; every other is kept and waits for a measure that needs it. */
const folded = [
  'safeguarding.concern.received.v1', 'safeguarding.concern.identified.v1', 'safeguarding.concern.triaged.v1',
  'safeguarding.concern.reopened.v1', 'safeguarding.concern.corrected.v1', 'safeguarding.concern.entered-in-error.v1',
  'safeguarding.enquiry.opened.v1', 'safeguarding.enquiry.allocated.v1', 'safeguarding.enquiry.concluded.v1',
  'safeguarding.enquiry.corrected.v1', 'safeguarding.enquiry.entered-in-error.v1',
  'safeguarding.dols-request.received.v1', 'safeguarding.dols-request.identified.v1', 'safeguarding.dols-request.decided.v1',
  'safeguarding.dols-request.corrected.v1', 'safeguarding.dols-request.entered-in-error.v1',
  'safeguarding.person.registered.v1', 'safeguarding.person.characteristics-corrected.v1', 'safeguarding.person.joined.v1',
  'safeguarding.person.separated.v1', 'safeguarding.person.disposed.v1',
] as const satisfies readonly AnyTold['type'][];

const disposal = 'safeguarding.person.disposed.v1';

/** Keeps events and makes the facts of every record that they touch anew, within one transaction. */
export async function takeEvents(tx: Tx, events: readonly KeptEvent[]): Promise<void> {
  if (events.length === 0) return;
  await lock(tx, events);
  const touched = await keep(tx, await withoutDisposed(tx, events));
  const disposed = events.filter((event) => event.type === disposal).map((event) => event.record_id);
  if (disposed.length > 0) touched.push(...(await forget(tx, disposed)));
  if (touched.length > 0) await refold(tx, [...new Set(touched)]);
}

/**
 * One transaction at a time changes the facts of a kind of record: a second one would not see the first one's events, and
 * both would fold half a story. A disposal touches every kind.
 */
async function lock(tx: Tx, events: readonly KeptEvent[]): Promise<void> {
  const kinds = new Set(events.map((event) => event.type.split('.')[1] ?? ''));
  const isDisposing = events.some((event) => event.type === disposal);
  const keys = isDisposing ? ['concern', 'dols-request', 'enquiry', 'person'] : [...kinds].toSorted();
  for (const key of keys) await tx.query(`select pg_advisory_xact_lock(hashtext('metrics facts'), hashtext($1))`, [key]);
}

/** The link to a person who was disposed of is not taken. */
async function withoutDisposed(tx: Tx, events: readonly KeptEvent[]): Promise<KeptEvent[]> {
  const named = events.map(({ data }) => data['personId']).filter((id) => typeof id === 'string');
  if (named.length === 0) return [...events];
  const rows: { person_id: string }[] = await tx.query(`select person_id from disposed_person where person_id = any($1::uuid[])`, [named]);
  const disposed = new Set<unknown>(rows.map((row) => row.person_id));
  return events.map((event) => (disposed.has(event.data['personId']) ? { ...event, data: unlinked(event.data) } : event));
}

function unlinked({ personId: _forgotten, ...data }: Record<string, unknown>): Record<string, unknown> {
  return data;
}

/** Keeps what is new, and says which records it is about. */
async function keep(tx: Tx, events: readonly KeptEvent[]): Promise<string[]> {
  const rows: { record_id: string }[] = await tx.query(
    `insert into event select * from json_populate_recordset(null::event, $1) on conflict (id) do nothing returning record_id`,
    [JSON.stringify(events)],
  );
  return rows.map((row) => row.record_id);
}

/** Forgets which cases were about these people, in the events that told of it too. */
async function forget(tx: Tx, people: readonly string[]): Promise<string[]> {
  await tx.query(`insert into disposed_person select distinct unnest($1::uuid[]) on conflict do nothing`, [people]);
  const rows: { record_id: string }[] = await tx.query(
    `with changed as (
       update event set data = data - 'personId' where data ? 'personId' and data ->> 'personId' = any($1::text[]) returning record_id
     ) select distinct record_id from changed`,
    [people],
  );
  return rows.map((row) => row.record_id);
}

interface EventRow {
  type: string;
  record_id: string;
  sequence: number;
  recorded_at: string;
  authority: string | null;
  data: object;
}

async function refold(tx: Tx, records: readonly string[]): Promise<void> {
  const rows: EventRow[] = await tx.query(
    `select type, record_id, sequence, recorded_at, authority, data from event where record_id = any($1::uuid[]) and type = any($2)`,
    [records, folded],
  );
  const events = rows.map(
    ({ record_id, recorded_at, ...event }) => ({ ...event, recordId: record_id, recordedAt: recorded_at }) as unknown as AnyTold,
  );
  await replace(tx, records, factsOf(events));
}

/** Puts the facts of these records in the place of what was held of them. */
async function replace(tx: Tx, records: readonly string[], facts: Facts): Promise<void> {
  for (const [table, rows] of Object.entries(facts)) {
    await tx.query(`delete from ${table} where id = any($1::uuid[])`, [records]);
    if (rows.length > 0) await tx.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [JSON.stringify(rows)]);
  }
}
