import { HttpException } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { type DomainEvent, once, type Records, type Standing, type Tx, Words } from '#libs/journal';
import type { Asking } from './asking.js';
import type { Clock } from './clock.js';
import type { Database } from './database.js';

/** What a command is made with: the words it came with are kept, the time and the person are given. */
export interface Making {
  words: Words;
  now: Instant;
  by: string;
}

/** Every answer about a record: its sequence becomes the ETag. */
export interface Answer {
  id: string;
  sequence: number;
}

/** What else is done with a record in the transaction that makes it: further commands on it, in order. */
export type Besides<Command> = (tx: Tx, making: Making) => Promise<Command[]>;

interface Target {
  recordId: string;
  authority: string | null;
}

/** Takes what somebody asks over HTTP to the records: once for an idempotency key, and only on the version they saw. */
export class Commands<State, Command, Event extends DomainEvent> {
  constructor(
    private readonly database: Database,
    private readonly records: Records<State, Command, Event>,
    private readonly clock: Clock,
  ) {}

  /** A new record, accepted by this service alone. What the command has to know besides is gathered in the same transaction. */
  create<View extends Answer>(
    asking: Asking,
    to: Target,
    make: (making: Making, tx: Tx) => Command | Promise<Command>,
    view: (standing: Standing<State>) => View,
    besides?: Besides<Command>,
  ): Promise<View> {
    return this.take(asking, to, async (tx, making, handle) => {
      let result = await handle(await make(making, tx));
      for (const command of (await besides?.(tx, making)) ?? []) result = await handle(command);
      return view(result);
    });
  }

  /** A change of a record that the caller has seen. Throws 428 without `If-Match`, and `NotFound` where there is no such record. */
  async change<View extends Answer>(
    asking: Asking,
    recordId: string,
    make: (making: Making, tx: Tx) => Command | Promise<Command>,
    view: (standing: Standing<State>) => View,
  ): Promise<View> {
    if (asking.seen === undefined) {
      throw new HttpException('Send the ETag of the record as you saw it in If-Match, so that nobody overwrites what they have not read.', 428);
    }
    const { seen, staff: { authority } } = asking;
    return this.take(asking, { recordId, authority }, async (tx, making, handle) => {
      // "0" is the version of no record; one that is there has changed since.
      if (seen === 0) await this.records.get(tx, recordId, authority);
      return view(await handle(await make(making, tx), seen));
    });
  }

  private take<View extends Answer>(
    asking: Asking,
    to: Target,
    work: (tx: Tx, making: Making, handle: (command: Command, expected?: number) => Promise<Standing<State>>) => Promise<View>,
  ): Promise<View> {
    const attempt = (tx: Tx): Promise<View> => {
      const words = new Words(this.database.vault);
      const now = this.clock.now();
      const context = { authority: to.authority, actor: asking.staff.id, recordedAt: now, traceparent: asking.traceparent };
      const handle = (command: Command, expected?: number) =>
        this.records.handle(tx, { recordId: to.recordId, command, context, words, ...(expected === undefined ? {} : { expected }) });
      return work(tx, { words, now, by: asking.staff.id }, handle);
    };
    return this.database.transaction((tx) => once({ tx, vault: this.database.vault }, asking.idempotency, () => attempt(tx)), 3);
  }
}
