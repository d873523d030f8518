import { type Connection, oftenAsked, oneOf } from './database.js';
import { envelopesOf, type Envelope } from './envelopes.js';
import type { DomainEvent, Published } from './event.js';
import { type Row, storedOf } from './journal.js';
import { Lease, type Session } from './lease.js';
import { type CarrierState, refill, refillAfter } from './relay-memory.js';

export type { CarrierState } from './relay-memory.js';

export interface Acknowledged {
  sequence: number;
  /** The stream had it already. */
  isDuplicate: boolean;
}

/** What the relay needs of a broker. */
export interface Carrier {
  /**
   * Resolves with the stream's sequence once the broker has it; the same id again is the same message, and is said to be. Refuses on a
   * connection whose stream was not looked at: a broker that came back older would take new events on top of a gap.
   */
  publish(envelope: Envelope): Promise<Acknowledged>;
  /** Which connection to the broker this is, counted from 1; a new one may be to a broker that lost something. 0: it is away. */
  connections(): number;
  /** How far the stream has come, and which message lies at `sequence`, if any. */
  streamState(sequence: number): Promise<CarrierState>;
}

export interface RelayOptions {
  service: string;
  stream: string;
  /** The database under the relay's role. */
  connection: Connection;
  carrier: Carrier;
  publish: (event: DomainEvent) => Published[];
  onTrouble: (error: unknown) => void;
  /** Opens the session that holds the lock; a `Lease` unless told. */
  open?: () => Promise<Session>;
}

interface Carried {
  position: number;
  sequence: number;
  id: string;
}

const batch = 1_000;
/** Whoever commits in this process nudges; only what another process commits waits for this. */
const pollMs = 100;
const backOffMs = 500;

/**
 * That the broker has an event is forgotten by a power cut as it is by a crash between publishing and saying so: it is published again under
 * its id. So nobody waits for the disk for that.
 */
const unhurried = { synchronous_commit: 'off' };

/** Each event is looked up by itself: planned while it is not known how few wait, a join may read the whole journal to get to its end. */
const waiting = oftenAsked(`
select position, id, record_id, sequence, contract_sequence, type, authority, occurred_at, recorded_at, actor, data, traceparent, causation_id, hash
from (select position as queued from outbox order by position limit ${batch}) outbox
cross join lateral (select * from journal where position = queued offset 0) told order by position`);

const forgetting = oftenAsked(
  `with gone as (delete from outbox where position = ${oneOf('$1', 'bigint')})
   update relay_state set last_sequence = $3, last_id = $4 where stream = $2 and last_sequence < $3 and $5`,
);

/** Carries the outbox to the broker: in order within a record, one relay a service at a time. */
export class Relay {
  private stopped = false;
  private wake: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private hasNews = true;
  private isCarrying = false;
  /** How far the stream is known to have come; a new message can only lie behind it. */
  private reached = 0;
  /** The first new message that lies before it: the stream went back. */
  private wentBackTo: number | undefined;
  private session: Session | undefined;

  constructor(private readonly options: RelayOptions) {}

  start(): void {
    this.running ??= this.keepRunning();
  }

  /** There is something in the outbox. */
  nudge(): void {
    this.hasNews = true;
    if (this.isCarrying) this.wake?.();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    const { connection, service, onTrouble, open = () => Lease.open(connection, `relay/${service}`, unhurried) } = this.options;
    while (!this.stopped) {
      try {
        this.session = await open();
        while (!this.isOver) await this.takeTurn(this.session);
      } catch (error) {
        onTrouble(error);
      } finally {
        await this.session?.close();
        this.session = undefined;
      }
      if (!this.stopped) await this.rest(backOffMs);
    }
  }

  private get isOver(): boolean {
    return this.stopped || this.session === undefined || this.session.isLost;
  }

  /** Carries while the lock is ours and the broker there; lets go of the lock when it is not, since it may be for others. */
  private async takeTurn(session: Session): Promise<void> {
    const { carrier, onTrouble } = this.options;
    if (carrier.connections() === 0 || !(await session.isOurs())) return this.rest(backOffMs);
    try {
      this.isCarrying = true;
      await this.carryOn(session);
    } catch (error) {
      if (session.isLost) throw error;
      onTrouble(error);
    } finally {
      this.isCarrying = false;
    }
    if (this.isOver) return;
    await session.letGo();
    await this.rest(backOffMs);
  }

  private async carryOn(session: Session): Promise<void> {
    const { carrier, stream } = this.options;
    const connections = carrier.connections();
    const look = (sequence: number): Promise<CarrierState> => carrier.streamState(sequence);
    this.reached = await refill(session, stream, look);
    while (!this.isOver && carrier.connections() === connections) {
      this.hasNews = false;
      this.wentBackTo = undefined;
      const carried = await this.carry(session);
      if (this.wentBackTo !== undefined) this.reached = await refillAfter(session, stream, { sequence: this.wentBackTo - 1, look });
      else if (carried < batch && !this.hasNews) await this.rest(pollMs);
    }
  }

  /** One batch: publishes what waits and empties the outbox of it. Returns how many events were carried. */
  private async carry(session: Session): Promise<number> {
    const rows = await session.query<Row>(waiting);
    if (rows.length === 0) return 0;
    const carried: Carried[] = [];
    let failed: PromiseRejectedResult | undefined;
    for (const round of rounds(rows)) {
      const sent = await Promise.allSettled(round.map((row) => this.publishRow(row)));
      carried.push(...sent.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])));
      failed = sent.find((one) => one.status === 'rejected');
      if (failed || session.isLost || this.wentBackTo !== undefined) break;
      this.reached = Math.max(this.reached, ...carried.map(({ sequence: at }) => at));
    }
    await this.forget(session, carried);
    if (failed && this.wentBackTo === undefined) throw failed.reason;
    return carried.length;
  }

  private async publishRow(row: Row): Promise<Carried> {
    let sequence = 0;
    let id = '';
    for (const envelope of envelopesOf(this.options.service, storedOf(row), this.options.publish)) {
      const acknowledged = await this.options.carrier.publish(envelope);
      if (!acknowledged.isDuplicate && acknowledged.sequence <= this.reached) {
        this.wentBackTo = Math.min(acknowledged.sequence, this.wentBackTo ?? acknowledged.sequence);
      }
      ({ sequence } = acknowledged);
      id = envelope.id;
    }
    return { position: row.position, sequence, id };
  }

  private async forget(session: Session, carried: Carried[]): Promise<void> {
    if (carried.length === 0) return;
    const last = carried.reduce((a, b) => (b.sequence > a.sequence ? b : a));
    // Until what a stream lost is in the outbox again, what is remembered has to be what it had.
    const isWhole = this.wentBackTo === undefined;
    await session.query(
      forgetting,
      [carried.map((one) => one.position), this.options.stream, last.sequence, last.id, isWhole],
    );
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The first row of each record, then the second of each: two events of one record are never on their way together. */
function* rounds(rows: Row[]): Generator<Row[]> {
  const stories = [...Map.groupBy(rows, (row) => row.record_id).values()];
  const longest = Math.max(...stories.map((story) => story.length));
  for (let at = 0; at < longest; at += 1) yield stories.flatMap((story) => story[at] ?? []);
}
