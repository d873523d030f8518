import { HttpException } from '@nestjs/common';
import type { Held } from '#libs/access';
import type { Instant } from '#libs/calendar';
import { Conflict, type Context, type DomainEvent, Groups, type Handling, type Known, type Made, NotFound, once, onceEach, type Prepared, type Records, restrictedToo, type Sight, spoilsTransaction, type Standing, toldSight, type Tx, Undone, wentUnanswered, Words } from '#libs/journal';
import { admit, admitNew, sightOf } from './admit.js';
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

interface Target {
  recordId: string;
  authority: string | null;
  /** Its id was drawn for it just now. */
  isNew?: boolean;
}

/** Makes commands of what somebody sent; what they have to know besides is gathered in the same transaction. Several are taken in their order, all or none. */
export type Make<Command> = (making: Making, tx: Tx) => Made<Command> | Promise<Made<Command>>;

/** What somebody wants done with one record. */
interface Wanted<State, Command> extends Target {
  asking: Asking;
  sight: Sight;
  make: Make<Command>;
  view(standing: Standing<State>): Answer;
  /** The version that they saw. */
  expected?: number;
}

/** A record as somebody saw it. */
export interface Seen {
  id: string;
  seen: number;
}

/** What came of one of several changes. */
export type Each<View> = ({ taken: true } & View) | Untaken;

/** While one group is committed, the next is made ready. */
const groupsAtOnce = 2;

/** Nothing of a group was kept, so that it may be done again in parts; but where the database does not answer. */
function undone(error: unknown): never {
  throw wentUnanswered(error) || error instanceof Undone ? error : new Undone(error);
}

/** An answer to a change is not repeated to somebody to whom its record is not shown any more; but one that says no more than its version: they may have shut themselves out by that. */
function isToldStill({ recordId, expected }: { recordId: string; expected?: number }, result: PromiseSettledResult<Answer>, stories: Known['stories'] | undefined): boolean {
  if (expected === undefined || result.status === 'rejected' || (stories?.get(recordId) ?? []).length > 0) return true;
  return Object.keys(result.value).every((key) => key === 'id' || key === 'sequence');
}

/** Takes what somebody asks over HTTP to the records: once for an idempotency key, and only on the version they saw. */
export abstract class Commands<State, Command, Event extends DomainEvent> {
  /** What the right to a record depends on. */
  protected abstract held(standing: Standing<State>, tx: Tx): Held | Promise<Held>;

  /**
   * How many of those that wait at the same time share a transaction at most. More than one only where no command has to know
   * of other records what another of them is just changing. What `make` writes of its own stays where its command is refused
   * among others that are taken.
   */
  protected readonly mostTogether: number = 1;
  private groups: Groups<Wanted<State, Command>, Answer> | undefined;

  constructor(
    private readonly database: Database,
    private readonly records: Records<State, Command, Event>,
    private readonly clock: Clock,
  ) {}

  /** A new record, accepted by this service alone. Throws `Refused` where it is for another authority than theirs. */
  async create<View extends Answer>(asking: Asking, to: Target, make: Make<Command>, view: (standing: Standing<State>) => View): Promise<View> {
    admitNew(asking, to.authority);
    return this.take({ ...to, asking, sight: to.authority === null ? [] : [to.authority, restrictedToo], make, view });
  }

  /** A change of a record that the caller has seen. Throws 428 without `If-Match`, and `NotFound` or `Refused` where there is no such record for them. */
  async change<View extends Answer>(asking: Asking, recordId: string, make: Make<Command>, view: (standing: Standing<State>) => View): Promise<View> {
    if (asking.seen === undefined) {
      throw new HttpException('Send the ETag of the record as you saw it in If-Match, so that nobody overwrites what they have not read.', 428);
    }
    const { seen, staff: { authority } } = asking;
    // "0" is the version of no record; one that is there has changed since.
    const makes: Make<Command> = seen === 0 ? () => { throw new NotFound('there is no such record'); } : make;
    return this.take({ recordId, authority, asking, sight: sightOf(asking), make: makes, view, expected: seen });
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
      const results = await this.records.takeEach(tx, requests, { isRefusal });
      return { items: results.map((result, at) => ('refused' in result ? untaken(seen[at]!.id, result.refused) : { taken: true, ...view(result) })) };
    };
    return this.database.transaction(sightOf(asking), (tx) => once({ tx, vault: this.database.vault }, asking.idempotency, () => attempt(tx)), 3);
  }

  private take<View extends Answer>(wanted: Wanted<State, Command> & { view(standing: Standing<State>): View }): Promise<View> {
    this.groups ??= new Groups({
      work: (group) => this.takeEach(group),
      size: this.mostTogether,
      atOnce: this.mostTogether > 1 ? groupsAtOnce : Infinity,
      // Row-level security holds a transaction to what one of them may see.
      kindOf: ({ sight }) => toldSight(sight),
      idOf: ({ asking: { idempotency } }) => idempotency && JSON.stringify([idempotency.client, idempotency.key]),
    });
    return this.groups.do(wanted) as Promise<View>;
  }

  /** In one transaction, which all that share it may see alike. Each is refused by itself; a statement that fails undoes all of them. */
  private async takeEach(group: Wanted<State, Command>[]): Promise<PromiseSettledResult<Answer>[]> {
    const isAlone = group.length === 1;
    const isRefusal = (error: unknown): boolean => !isAlone && !spoilsTransaction(error);
    const known = group.flatMap(({ recordId, isNew }) => (isNew ? [] : [recordId]));
    const work = async (tx: Tx): Promise<PromiseSettledResult<Answer>[]> => {
      let [stories, fresh]: [Known['stories'] | undefined, readonly number[]] = [undefined, []];
      const results = await onceEach<Answer, Known>({ tx, vault: this.database.vault }, group.map(({ asking }) => asking.idempotency), {
        look: async () => {
          const found = await this.records.look(tx, known);
          ({ stories } = found);
          return found;
        },
        work: (places, found) => {
          fresh = places;
          return this.takeNew(tx, places.map((at) => group[at]!), { isRefusal, known: found });
        },
      });
      return results.map((result, at) => (fresh.includes(at) || isToldStill(group[at]!, result, stories) ? result : { status: 'rejected', reason: new NotFound('there is no such record') }));
    };
    const { sight } = group[0]!;
    if (isAlone) return this.database.transaction(sight, work, 3);
    return this.database.transaction(sight, (tx) => work(tx).catch(undone)).catch((error: unknown) => {
      // What nobody waited for fails where the transaction ends.
      if (error instanceof Conflict || spoilsTransaction(error)) return undone(error);
      throw error;
    });
  }

  private async takeNew(tx: Tx, group: Wanted<State, Command>[], handling: Handling): Promise<PromiseSettledResult<Answer>[]> {
    const results = await this.records.takeEach(tx, group.map((wanted) => this.request(tx, wanted)), handling);
    return results.map((result, at) => ('refused' in result ? { status: 'rejected', reason: result.refused } : { status: 'fulfilled', value: group[at]!.view(result) }));
  }

  private request(tx: Tx, { asking, recordId, authority, isNew = false, make, expected }: Wanted<State, Command>): Prepared<Command, State> {
    const words = new Words(this.database.vault);
    const now = this.clock.now();
    const admits = (standing: Standing<State>): Promise<void> => this.admit(tx, asking, standing);
    const seen = expected === undefined ? {} : { expected, admits };
    return { recordId, isNew, make: () => make({ words, now, by: asking.staff.id }, tx), context: contextOf(asking, authority, now), words, ...seen };
  }

  private async admit(tx: Tx, asking: Asking, standing: Standing<State>): Promise<void> {
    admit(asking, { id: standing.recordId, held: await this.held(standing, tx) });
  }
}

const contextOf = ({ staff, traceparent }: Asking, authority: string | null, recordedAt: Instant): Context => ({ authority, actor: staff.id, recordedAt, traceparent });
