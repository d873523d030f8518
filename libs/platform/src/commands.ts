import { HttpException } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { type DomainEvent, once, type Records, type Standing, Words } from '#libs/journal';
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

/** Takes what somebody asks over HTTP to the records: once for an idempotency key, and only on the version they saw. */
export class Commands<State, Command, Event extends DomainEvent> {
  constructor(
    private readonly database: Database,
    private readonly records: Records<State, Command, Event>,
    private readonly clock: Clock,
  ) {}

  /** A new record, accepted by this service alone. */
  create<View extends Answer>(
    asking: Asking,
    to: { recordId: string; authority: string },
    make: (making: Making) => Command,
    view: (standing: Standing<State>) => View,
  ): Promise<View> {
    return this.take(asking, { ...to, tries: 3 }, make, view);
  }

  /** A change of a record that the caller has seen. Throws 428 without `If-Match`. */
  async change<View extends Answer>(
    asking: Asking,
    recordId: string,
    make: (making: Making) => Command,
    view: (standing: Standing<State>) => View,
  ): Promise<View> {
    if (asking.seen === undefined) {
      throw new HttpException('Send the ETag of the record as you saw it in If-Match, so that nobody overwrites what they have not read.', 428);
    }
    return this.take(asking, { recordId, authority: asking.staff.authority, tries: 3 }, make, view);
  }

  private take<View extends Answer>(
    asking: Asking,
    to: { recordId: string; authority: string | null; tries: number },
    make: (making: Making) => Command,
    view: (standing: Standing<State>) => View,
  ): Promise<View> {
    return this.database.transaction(
      (tx) =>
        once(tx, asking.idempotency, async () => {
          const words = new Words(this.database.vault);
          const now = this.clock.now();
          const result = await this.records.handle(
            tx,
            {
              recordId: to.recordId,
              command: make({ words, now, by: asking.staff.id }),
              context: { authority: to.authority, actor: asking.staff.id, recordedAt: now, traceparent: asking.traceparent },
              ...(asking.seen === undefined ? {} : { expected: asking.seen }),
            },
            words,
          );
          return view(result);
        }),
      to.tries,
    );
  }
}
