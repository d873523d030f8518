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

/** A contract with the position of its event in the journal. */
export interface Placed {
  position: number;
  envelope: Envelope;
}

export interface ContractsAsked {
  service: string;
  after: number;
  /** No more than so many positions back, where that is nearer than `after`. */
  last?: number | undefined;
  publish: (event: DomainEvent) => Published[];
  page?: number;
  /** No more is read than makes their ids and types; the rest of each is left undefined. */
  isBrief?: boolean | undefined;
}

/** What a contract is made of: everything but the chain's hash. */
const columns = {
  whole: 'position, id, record_id, sequence, contract_sequence, type, authority, occurred_at, recorded_at, actor, data, traceparent, causation_id',
  brief: 'position, id, contract_sequence, type, occurred_at, data',
};

/**
 * A service's published contracts after a position, in pages and constant memory: all that are settled now. The next page
 * is read while this one is worked on.
 */
export async function* contractPagesAfter(source: Queries, { service, publish, ...options }: ContractsAsked): AsyncGenerator<Placed[]> {
  const page = options.page ?? 500;
  const upTo = await settledUpTo(source);
  const read = (after: number): Promise<Row[]> =>
    source.query(
      `select ${options.isBrief ? columns.brief : columns.whole} from journal where position > $1 and position <= $2 and contract_sequence is not null order by position limit $3`,
      [after, upTo, page],
    );
  for (let next = read(Math.max(options.after, upTo - (options.last ?? upTo))); ; ) {
    const rows = await next;
    const isLast = rows.length < page;
    if (!isLast) {
      next = read(rows.at(-1)!.position);
      // It is awaited when its turn comes; until then its failure is nobody's.
      next.catch(() => undefined);
    }
    yield rows.flatMap((row) => envelopesOf(service, storedOf(row), publish).map((envelope) => ({ position: row.position, envelope })));
    if (isLast) return;
  }
}

/** The same, one by one. */
export async function* contractsAfter(source: Queries, asked: ContractsAsked): AsyncGenerator<Placed> {
  for await (const page of contractPagesAfter(source, asked)) yield* page;
}
