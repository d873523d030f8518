import type { DataSource } from 'typeorm';
import type { Queries } from './database.js';
import { type DeadLetter, letterGiven, letterRow } from './intake.js';
import { seeing } from './sight.js';

/** A message that waits for the one before it: which it is, and how often it was tried. */
export interface Parked {
  messageId: string;
  stream: string;
  streamSequence: number;
  type: string;
  recordId: string;
  tries: number;
  failures: number;
}

/** Longer than a batch takes; whoever took one and died gives it back by this. */
const leaseSeconds = 60;

/** Messages that came before what they build on, kept where they hold up nobody else. */
export class Parking {
  /** What is parked names a message and belongs to nobody. */
  private readonly source: Queries;

  constructor(source: Pick<DataSource, 'createQueryRunner'>) {
    this.source = seeing(source, []);
  }

  /** Committed before the broker is told that they were taken. Parking one again changes nothing. */
  async park(messages: Pick<Parked, 'messageId' | 'stream' | 'streamSequence' | 'type' | 'recordId'>[], retryMs: number): Promise<void> {
    await this.source.query(
      `insert into parked (message_id, stream, stream_sequence, type, record_id, due_at)
       select message_id, stream, stream_sequence, type, record_id, now() + $6::int * interval '1 millisecond'
       from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::uuid[]) as given (message_id, stream, stream_sequence, type, record_id)
       on conflict do nothing`,
      [
        messages.map((one) => one.messageId), messages.map((one) => one.stream), messages.map((one) => one.streamSequence),
        messages.map((one) => one.type), messages.map((one) => one.recordId), retryMs,
      ],
    );
  }

  /** Takes what is due, the longest parked first: nobody else gets it until it is put back or its lease ends. */
  async takeDue(most: number): Promise<Parked[]> {
    const [rows]: [Parked[], number] = await this.source.query(
      `update parked set tries = tries + 1, due_at = now() + interval '${leaseSeconds} seconds'
       where message_id in (select message_id from parked where due_at <= now() order by parked_at limit $1 for update skip locked)
       returning message_id as "messageId", stream, stream_sequence as "streamSequence", type, record_id as "recordId", tries, failures`,
      [most],
    );
    return rows.toSorted((one, other) => one.streamSequence - other.streamSequence);
  }

  /** They were taken, or are taken care of elsewhere. */
  async leave(messageIds: string[]): Promise<void> {
    await this.source.query(`delete from parked where message_id = any($1)`, [messageIds]);
  }

  /** They have to wait on. What was woken meanwhile stays due. */
  async putBack(messages: { messageId: string; retryMs: number; failures: number }[]): Promise<void> {
    await this.source.query(
      `update parked set failures = given.failures, due_at = case when due_at <= now() then due_at else now() + given.retry_ms * interval '1 millisecond' end
       from unnest($1::text[], $2::int[], $3::int[]) as given (message_id, retry_ms, failures) where parked.message_id = given.message_id`,
      [messages.map((one) => one.messageId), messages.map((one) => one.retryMs), messages.map((one) => one.failures)],
    );
  }

  /** Something of these records was taken: what waits for it is due now. */
  async wake(recordIds: string[]): Promise<void> {
    await this.source.query(
      `update parked set due_at = now() where message_id in (select message_id from parked where record_id = any($1) for update skip locked)`,
      [recordIds],
    );
  }

  /** From parked to set aside in one statement. */
  async setAside(letter: DeadLetter): Promise<void> {
    await this.source.query(
      `with gone as (delete from parked where message_id = $1)
       insert into dead_letter select letter.* from ${letterRow('$2')} as letter where not exists (select from inbox where message_id = $1) on conflict do nothing`,
      [letter.messageId, letterGiven(letter)],
    );
  }

  /** How many wait, and for how long the oldest has. */
  async waiting(): Promise<{ messages: number; oldestSeconds: number }> {
    const [row]: { messages: number; oldest: number }[] = await this.source.query(
      `select count(*) as messages, coalesce(extract(epoch from now() - min(parked_at)), 0)::float8 as oldest from parked`,
    );
    return { messages: row!.messages, oldestSeconds: Math.floor(row!.oldest) };
  }
}
