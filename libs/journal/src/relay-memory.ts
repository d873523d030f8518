import type { Session } from './lease.js';

/** How far a stream has come, as its broker says. */
export interface CarrierState {
  created: string;
  firstSequence: number;
  lastSequence: number;
  lastId: string | null;
  /** The id of the message at the sequence that was asked about. */
  idAt: string | null;
}

interface Known {
  created: string;
  last_sequence: number;
  last_id: string;
}

/** Events of other records may overtake within a batch, so a refill starts this much before the last match. */
const overlap = 2_000;
/** Longer than any transaction runs: a position is given before its commit, and others are published in between. */
const longestTransaction = '10 minutes';
/** A refill reads the journal; that may take a while. */
const refillMs = 600_000;

/** Asks the broker how far the stream has come, and what lies at a sequence. */
type Look = (sequence: number) => Promise<CarrierState>;

/**
 * Where the broker came back empty or older than we remember, what it lost goes into the outbox again. Returns the
 * sequence up to which the stream is known.
 */
export async function refill(session: Session, stream: string, look: Look): Promise<number> {
  const [known] = await session.query<Known>(`select created, last_sequence, last_id from relay_state where stream = $1`, [stream]);
  const now = await look(known?.last_sequence ?? 0);
  const isWhole = !known || isContinued(known, now);
  // A stream that was made anew may hold something already, and before that nothing.
  if (!isWhole) await queueAgain(session, now.created === known.created ? now.lastId : null);
  if (!known || !isWhole || now.created !== known.created) await remember(session, stream, now);
  return now.lastSequence;
}

/** The stream went back while we were connected, and grew again after `sequence`: what it lost goes into the outbox again. */
export async function refillAfter(session: Session, stream: string, { sequence, look }: { sequence: number; look: Look }): Promise<number> {
  const now = await look(sequence);
  await queueAgain(session, now.idAt);
  await remember(session, stream, now);
  return now.lastSequence;
}

/**
 * The stream still has the last message that we know of, or has outlived it by age. When it was made says nothing of that:
 * NATS 2.9 gives a stream that was brought up to date another date at the start after next.
 */
export function isContinued(known: Known, now: CarrierState): boolean {
  // Of what it never had, it lost nothing: that is in the outbox.
  if (known.last_sequence === 0) return true;
  if (now.lastSequence < known.last_sequence) return false;
  return known.last_sequence < now.firstSequence || now.idAt === known.last_id;
}

function queueAgain(session: Session, lastId: string | null): Promise<unknown[]> {
  return session.query(
    `with match as (select position, recorded_at from journal where id = $1::uuid)
     insert into outbox (position)
     select position from journal where contract_sequence is not null
     and (position > coalesce((select position from match), 0) - $2
       or recorded_at > (select recorded_at from match) - interval '${longestTransaction}')
     on conflict do nothing`,
    // Whatever else lies there is not ours, and tells nothing of how far we had come.
    [lastId && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?=:)/.exec(lastId)?.[0] || null, overlap],
    refillMs,
  );
}

function remember(session: Session, stream: string, now: CarrierState): Promise<unknown[]> {
  return session.query(
    `insert into relay_state (stream, created, last_sequence, last_id) values ($1, $2, $3, $4)
     on conflict (stream) do update set created = excluded.created, last_sequence = excluded.last_sequence, last_id = excluded.last_id`,
    [stream, now.created, now.lastSequence, now.lastId ?? ''],
  );
}
