import { randomUUID } from 'node:crypto';
import { genesis, type Link, linkHash } from './chain.js';
import { oftenAsked, oneOf, type Tx } from './database.js';
import { Conflict, type DomainEvent, type Stored } from './event.js';

/** Where a record's chain stands. */
export interface Head {
  sequence: number;
  contracts: number;
  hash: Buffer;
}

/** One event that is about to be told, and whose it is where that is not the addition's. */
export interface Told {
  event: DomainEvent;
  isPublished: boolean;
  authority?: string | undefined;
}

/** What is about to be told of one record. */
export interface Addition {
  recordId: string;
  /** Where its chain stands before. */
  after: Head;
  authority: string | null;
  actor: string | null;
  recordedAt: string;
  traceparent: string | null;
  causationId: string | null;
  events: Told[];
}

export interface Row {
  position: number;
  id: string;
  record_id: string;
  sequence: number;
  contract_sequence: number | null;
  type: string;
  authority: string | null;
  occurred_at: string;
  recorded_at: string;
  actor: string | null;
  data: Record<string, unknown>;
  traceparent: string | null;
  causation_id: string | null;
  hash: Buffer;
}

/** What is JSON comes as one text: an element of an array is read and written with every quote escaped. */
const insert = oftenAsked(`
with told as (
  insert into journal (id, record_id, sequence, contract_sequence, type, authority, occurred_at, recorded_at, actor, data,
                       traceparent, causation_id, hash)
  select * from rows from (unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[], $7::timestamptz[],
                                  $8::timestamptz[], $9::text[]), jsonb_array_elements($10::jsonb), unnest($11::text[], $12::text[], $13::bytea[]))
  returning position, contract_sequence
), queued as (
  insert into outbox (position) select position from told where contract_sequence is not null
)
select position from told order by position`);

const stories = oftenAsked(
  `select position, id, record_id, sequence, contract_sequence, type, authority, occurred_at, recorded_at, actor, data, traceparent, causation_id, hash
   from journal where record_id = ${oneOf('$1', 'uuid')} order by record_id, sequence`,
);

/** An event with its place in its record's chain. */
export interface Linked {
  link: Link;
  hash: Buffer;
  event: DomainEvent;
}

/** Writes journal and outbox in one statement, whatever the number of records. Throws `Conflict` when a sequence is taken. */
export async function append(tx: Tx, links: Linked[]): Promise<Stored[]> {
  if (links.length === 0) return [];
  const column = <K extends keyof Link>(key: K) => links.map(({ link }) => link[key]);
  try {
    const rows: { position: number }[] = await tx.query(insert, [
      column('id'), column('recordId'), column('sequence'), column('contractSequence'), column('type'),
      column('authority'), column('occurredAt'), column('recordedAt'), column('actor'),
      JSON.stringify(column('data')), column('traceparent'), column('causationId'),
      links.map(({ hash }) => hash),
    ]);
    return links.map(({ link, event }, index) => stored(link, event, rows[index]!.position));
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'journal_record_sequence') throw new Conflict(links[0]!.link.recordId);
    throw error;
  }
}

/** The links that these events add to their record's chain, and where it stands then. */
export function chained(addition: Addition): { links: Linked[]; head: Head } {
  let { sequence, contracts, hash } = addition.after;
  const links = addition.events.map(({ event, isPublished, authority = addition.authority }): Linked => {
    const { type, at, ...data } = event;
    const link: Link = {
      id: randomUUID(),
      recordId: addition.recordId,
      sequence: ++sequence,
      contractSequence: isPublished ? ++contracts : null,
      type,
      authority,
      occurredAt: at,
      recordedAt: addition.recordedAt,
      actor: addition.actor,
      data,
      traceparent: addition.traceparent,
      causationId: addition.causationId,
    };
    hash = linkHash(hash, link);
    return { link, hash, event };
  });
  return { links, head: { sequence, contracts, hash } };
}

const stored = (link: Link, event: DomainEvent, position: number): Stored => ({
  position,
  id: link.id,
  recordId: link.recordId,
  sequence: link.sequence,
  contractSequence: link.contractSequence,
  authority: link.authority,
  recordedAt: link.recordedAt,
  actor: link.actor,
  traceparent: link.traceparent,
  causationId: link.causationId,
  event,
});

/** What a journal row says, as the decider said it. */
export const storedOf = (row: Row): Stored => ({
  position: row.position,
  id: row.id,
  recordId: row.record_id,
  sequence: row.sequence,
  contractSequence: row.contract_sequence,
  authority: row.authority,
  recordedAt: row.recorded_at,
  actor: row.actor,
  traceparent: row.traceparent,
  causationId: row.causation_id,
  event: { ...row.data, type: row.type, at: row.occurred_at },
});

/** The stories of these records, each in order; a record without one is absent. */
export async function storiesOf(tx: Tx, recordIds: string[]): Promise<Map<string, Row[]>> {
  const rows: Row[] = recordIds.length === 0 ? [] : await tx.query(stories, [recordIds]);
  return Map.groupBy(rows, (row) => row.record_id);
}

/** Where a record's chain stands after these rows. */
export function headOf(rows: Row[]): Head {
  const last = rows.at(-1);
  return {
    sequence: last?.sequence ?? 0,
    contracts: rows.reduce((most, row) => Math.max(most, row.contract_sequence ?? 0), 0),
    hash: last?.hash ?? genesis,
  };
}
