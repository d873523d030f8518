import type { Queries } from './database.js';
import type { DomainEvent, Published, Stored } from './event.js';
import { type Row, storedOf } from './journal.js';
import { settledUpTo } from './settled.js';

/** A contract in its CloudEvents envelope, as `libs/contracts` describes it. */
export interface Envelope {
  specversion: '1.0';
  id: string;
  type: string;
  source: string;
  subject: string;
  time: string;
  recordedat: string;
  authority: string | null;
  actor: string | null;
  sequence: number;
  causationid: string | null;
  traceparent: string | null;
  datacontenttype: 'application/json';
  data: object;
}

/** The contracts of one journal row, one a version; none for a private event. */
export function envelopesOf(source: string, stored: Stored, publish: (event: DomainEvent) => Published[]): Envelope[] {
  if (stored.contractSequence === null) return [];
  const sequence = stored.contractSequence;
  return publish(stored.event).map(({ type, data }) => ({
    specversion: '1.0',
    id: `${stored.id}:${type.slice(type.lastIndexOf('.') + 1)}`,
    type,
    source,
    subject: stored.recordId,
    time: stored.event.at,
    recordedat: stored.recordedAt,
    authority: stored.authority,
    actor: stored.actor,
    sequence,
    causationid: stored.causationId,
    traceparent: stored.traceparent,
    datacontenttype: 'application/json',
    data,
  }));
}

/** A service's published contracts after a position, with the position of each, in constant memory: all that are settled now. */
export async function* contractsAfter(
  source: Queries,
  options: { service: string; after: number; publish: (event: DomainEvent) => Published[]; page?: number },
): AsyncGenerator<{ position: number; envelope: Envelope }> {
  const page = options.page ?? 2_000;
  const upTo = await settledUpTo(source);
  for (let after = options.after; ; ) {
    const rows: Row[] = await source.query(
      `select * from journal where position > $1 and position <= $2 and contract_sequence is not null order by position limit $3`,
      [after, upTo, page],
    );
    for (const row of rows) {
      for (const envelope of envelopesOf(options.service, storedOf(row), options.publish)) {
        yield { position: row.position, envelope };
      }
    }
    if (rows.length < page) return;
    after = rows.at(-1)!.position;
  }
}
