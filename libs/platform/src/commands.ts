import { HttpException } from '@nestjs/common';
import type { Held } from '#libs/access';
import type { Instant } from '#libs/calendar';
import { type Context, type DomainEvent, once, type Records, type Standing, type Tx, Words } from '#libs/journal';
import { admit, admitNew } from './admit.js';
import type { Asking } from './asking.js';
import type { Clock } from './clock.js';
import type { Database } from './database.js';
import { isRefusal, type Untaken, untaken } from './untaken.js';

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

/** A record as somebody saw it. */
export interface Seen {
  id: string;
  seen: number;
}

/** What came of one of several changes. */
export type Each<View> = ({ taken: true } & View) | Untaken;

/** Takes what somebody asks over HTTP to the records: once for an idempotency key, and only on the version they saw. */
export abstract class Commands<State, Command, Event extends DomainEvent> {
  /** What the right to a record depends on. */
  protected abstract held(standing: Standing<State>, tx: Tx): Held | Promise<Held>;

  constructor(
    private readonly database: Database,
    private readonly records: Records<State, Command, Event>,
    private readonly clock: Clock,
  ) {}

  /**
   * A new record, accepted by this service alone. What the command has to know besides is gathered in the same transaction.
   * Throws `Refused` where it is for another authority than theirs.
   */
  async create<View extends Answer>(
    asking: Asking,
    to: Target,
    make: (making: Making, tx: Tx) => Command | Promise<Command>,
    view: (standing: Standing<State>) => View,
    besides?: Besides<Command>,
  ): Promise<View> {
    admitNew(asking, to.authority);
    return this.take(asking, to, async (tx, making, handle) => {
      let result = await handle(() => make(making, tx));
      for (const command of (await besides?.(tx, making)) ?? []) result = await handle(() => command);
      return view(result);
    });
  }

  /** A change of a record that the caller has seen. Throws 428 without `If-Match`, and `NotFound` or `Refused` where there is no such record for them. */
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
      if (seen === 0) await this.admit(tx, asking, await this.records.get(tx, recordId, null));
      return view(await handle(() => make(making, tx), seen));
    });
  }

  /** The same change of each of several records as the caller saw them. What one is refused for stops none of the others, and stands in its place. */
  changeEach<View extends Answer>(asking: Asking, seen: readonly Seen[], make: (making: Making) => Command, view: (standing: Standing<State>) => View): Promise<{ items: Each<View>[] }> {
    const attempt = async (tx: Tx): Promise<{ items: Each<View>[] }> => {
      const [now, by] = [this.clock.now(), asking.staff.id];
      const admits = (standing: Standing<State>): Promise<void> => this.admit(tx, asking, standing);
      const requests = seen.map((one) => {
        const words = new Words(this.database.vault);
        return { recordId: one.id, expected: one.seen, make: () => make({ words, now, by }), context: contextOf(asking, asking.staff.authority, now), words, admits };
      });
      const results = await this.records.handleEach(tx, requests, isRefusal);
      return { items: results.map((result, at) => ('refused' in result ? untaken(seen[at]!.id, result.refused) : { taken: true, ...view(result) })) };
    };
    return this.database.transaction((tx) => once({ tx, vault: this.database.vault }, asking.idempotency, () => attempt(tx)), 3);
  }

  private take<View extends Answer>(
    asking: Asking,
    to: Target,
    work: (tx: Tx, making: Making, handle: (make: () => Command | Promise<Command>, expected?: number) => Promise<Standing<State>>) => Promise<View>,
  ): Promise<View> {
    const attempt = (tx: Tx): Promise<View> => {
      const words = new Words(this.database.vault);
      const now = this.clock.now();
      const context = contextOf(asking, to.authority, now);
      const admits = (standing: Standing<State>): Promise<void> => this.admit(tx, asking, standing);
      const handle = (make: () => Command | Promise<Command>, expected?: number) =>
        this.records.handle(tx, { recordId: to.recordId, make, context, words, ...(expected === undefined ? {} : { expected, admits }) });
      return work(tx, { words, now, by: asking.staff.id }, handle);
    };
    return this.database.transaction((tx) => once({ tx, vault: this.database.vault }, asking.idempotency, () => attempt(tx)), 3);
  }

  private async admit(tx: Tx, asking: Asking, standing: Standing<State>): Promise<void> {
    admit(asking, { id: standing.recordId, held: await this.held(standing, tx) });
  }
}

const contextOf = ({ staff, traceparent }: Asking, authority: string | null, recordedAt: Instant): Context => ({ authority, actor: staff.id, recordedAt, traceparent });
