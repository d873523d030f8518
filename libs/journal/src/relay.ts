import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { connectClient, type Connection } from './database.js';
import { envelopesOf, type Envelope } from './envelopes.js';
import type { DomainEvent, Published } from './event.js';
import { type Row, storedOf } from './journal.js';

/** What the relay needs of a broker. */
export interface Carrier {
  /** Resolves with the stream's sequence once the broker has it; the same id again is the same message. */
  publish(envelope: Envelope): Promise<{ sequence: number }>;
  /** How often the broker was connected to; a new connection may be to a broker that lost something. */
  connections(): number;
  /** How far the stream has come, and which message lies at `sequence`, if any. */
  streamState(sequence: number): Promise<CarrierState>;
}

export interface CarrierState {
  created: string;
  firstSequence: number;
  lastSequence: number;
  lastId: string | null;
  idAt: string | null;
}

export interface RelayOptions {
  service: string;
  stream: string;
  /** The database under the relay's role. */
  connection: Connection;
  carrier: Carrier;
  publish: (event: DomainEvent) => Published[];
  onTrouble: (error: unknown) => void;
}

const batch = 1_000;
const inFlight = 64;
/** Events of other records may overtake within a batch, so a refill starts this much before the last match. */
const overlap = 2 * batch;
const pollMs = 20;
const backOffMs = 500;

/** Carries the outbox to the broker: in order within a record, one relay a service at a time. */
export class Relay {
  private stopped = false;
  private wake: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private hasNews = true;

  constructor(private readonly options: RelayOptions) {}

  start(): void {
    this.running ??= this.keepRunning();
  }

  /** There is something in the outbox. */
  nudge(): void {
    this.hasNews = true;
    this.wake?.();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    while (!this.stopped) {
      let client: pg.Client | undefined;
      try {
        client = await connectClient(this.options.connection);
        let lost = false;
        client.on('error', () => (lost = true));
        await this.carryUntil(client, () => this.stopped || lost);
      } catch (error) {
        this.options.onTrouble(error);
      } finally {
        await client?.end().catch(() => {});
      }
      if (!this.stopped) await pause(backOffMs);
    }
  }

  private async carryUntil(client: pg.Client, isOver: () => boolean): Promise<void> {
    while (!isOver() && !(await this.isOurs(client))) await this.rest(1_000);
    if (isOver()) return;
    const connections = this.options.carrier.connections();
    await this.refill(client);
    while (!isOver() && this.options.carrier.connections() === connections) {
      this.hasNews = false;
      const carried = await this.carry(client);
      if (carried === 0 && !this.hasNews) await this.rest(pollMs);
    }
  }

  private async isOurs(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query(`select pg_try_advisory_lock(hashtext($1)) as ours`, [`relay/${this.options.service}`]);
    return rows[0].ours;
  }

  /** One batch: publishes what waits and empties the outbox of it. Returns how many events were carried. */
  private async carry(client: pg.Client): Promise<number> {
    const { rows } = await client.query<Row>(
      `select journal.* from outbox join journal using (position) order by position limit ${batch}`,
    );
    if (rows.length === 0) return 0;
    const stories = [...Map.groupBy(rows, (row) => row.record_id).values()];
    const carried: { position: number; sequence: number; id: string }[] = [];
    let trouble: unknown;
    const lane = async (): Promise<void> => {
      for (let story = stories.shift(); story && !trouble; story = stories.shift()) {
        for (const row of story) carried.push(await this.publishRow(row));
      }
    };
    await Promise.all(Array.from({ length: inFlight }, () => lane().catch((error: unknown) => (trouble = error))));
    await this.forget(client, carried);
    if (trouble) throw trouble;
    return carried.length;
  }

  private async publishRow(row: Row): Promise<{ position: number; sequence: number; id: string }> {
    let sequence = 0;
    let id = '';
    for (const envelope of envelopesOf(this.options.service, storedOf(row), this.options.publish)) {
      ({ sequence } = await this.options.carrier.publish(envelope));
      id = envelope.id;
    }
    return { position: row.position, sequence, id };
  }

  private async forget(client: pg.Client, carried: { position: number; sequence: number; id: string }[]): Promise<void> {
    if (carried.length === 0) return;
    const last = carried.reduce((a, b) => (b.sequence > a.sequence ? b : a));
    await client.query(
      `with gone as (delete from outbox where position = any($1))
       update relay_state set last_sequence = $3, last_id = $4 where stream = $2 and last_sequence < $3`,
      [carried.map((one) => one.position), this.options.stream, last.sequence, last.id],
    );
  }

  /** Where the broker came back empty or older than we remember, what it lost goes into the outbox again. */
  private async refill(client: pg.Client): Promise<void> {
    const { stream, carrier } = this.options;
    const { rows } = await client.query(`select created, last_sequence, last_id from relay_state where stream = $1`, [stream]);
    const known = rows[0];
    const now = await carrier.streamState(known?.last_sequence ?? 0);
    const isWhole = !known || isContinued(known, now);
    if (!isWhole) await this.queueAgain(client, now.lastId);
    if (!known || !isWhole) await this.remember(client, now);
  }

  private async queueAgain(client: pg.Client, lastId: string | null): Promise<void> {
    await client.query(
      `insert into outbox (position)
       select position from journal where contract_sequence is not null
       and position > coalesce((select position from journal where id = $1::uuid), 0) - $2
       on conflict do nothing`,
      [lastId?.split(':')[0] ?? null, overlap],
    );
  }

  private remember(client: pg.Client, now: CarrierState) {
    return client.query(
      `insert into relay_state (stream, created, last_sequence, last_id) values ($1, $2, $3, $4)
       on conflict (stream) do update set created = excluded.created, last_sequence = excluded.last_sequence, last_id = excluded.last_id`,
      [this.options.stream, now.created, now.lastSequence, now.lastId ?? ''],
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

/** The stream is the one we knew and still has, or has outlived by age, the last message that we know of. */
function isContinued(known: { created: string; last_sequence: number; last_id: string }, now: CarrierState): boolean {
  if (known.last_sequence === 0) return now.created === known.created;
  if (now.created !== known.created || now.lastSequence < known.last_sequence) return false;
  return known.last_sequence < now.firstSequence || now.idAt === known.last_id;
}
