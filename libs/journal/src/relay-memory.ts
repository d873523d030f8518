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

/** Where the broker came back empty or older than we remember, what it lost goes into the outbox again. */
export async function refill(session: Session, stream: string, look: (sequence: number) => Promise<CarrierState>): Promise<void> {
  const [known] = await session.query<Known>(`select created, last_sequence, last_id from relay_state where stream = $1`, [stream]);
  const now = await look(known?.last_sequence ?? 0);
  const isWhole = !known || isContinued(known, now);
  if (!isWhole) await queueAgain(session, now.lastId);
  if (!known || !isWhole) await remember(session, stream, now);
}

/** The stream is the one we knew and still has, or has outlived by age, the last message that we know of. */
export function isContinued(known: Known, now: CarrierState): boolean {
  if (known.last_sequence === 0) return now.created === known.created;
  if (now.created !== known.created || now.lastSequence < known.last_sequence) return false;
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
    [lastId?.split(':')[0] ?? null, overlap],
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
