import { fold } from '#libs/decider';
import type { Link } from './chain.js';
import type { Tx } from './database.js';
import { Conflict, type Context, type DomainEvent, NotFound, type Stored } from './event.js';
import { append, chained, type Head, headOf, type Linked, type Row, storedOf, storiesOf } from './journal.js';
import type { Kept, Narrative, Words, WrappedKeys } from './narrative.js';
import { inOneGo, lastly, noted } from './sight.js';
import type { Happened, Slice, Standing } from './slice.js';

/** What is asked of one record. */
interface Asked<State> {
  recordId: string;
  /** Its id was drawn for it just now: it has no story yet. */
  isNew?: boolean;
  context: Context;
  /** The sequence that the caller saw (`If-Match`). */
  expected?: number;
  /** Asked with the record as it stands, before anything is decided or told of it; throws where it is not to be. */
  admits?(before: Standing<State>): void | Promise<void>;
  /** What the command came with in words: kept under the record's own key, if anything comes of it. */
  words?: Words;
}

export interface Request<Command, State = unknown> extends Asked<State> {
  command: Command;
}

/** A request whose command is made once it is known that the record is there for whoever asks, as they saw it: who may not ask finds out nothing by it. */
export interface Prepared<Command, State = unknown> extends Asked<State> {
  /** Several are taken in their order, all or none. */
  make(): Made<Command> | Promise<Made<Command>>;
}

export type Made<Command> = Command | readonly Command[];

type Taking<Command, State> = Request<Command, State> | Prepared<Command, State>;

export interface Result<State, Event extends DomainEvent> extends Standing<State> {
  events: Stored<Event>[];
}

/** A record and how it came to stand there. */
export interface Told<State, Event extends DomainEvent> {
  standing: Standing<State>;
  story: Stored<Event>[];
}

/** In the place of a result: why one of several commands was not taken. */
export interface Untaken {
  refused: unknown;
}

/** Where a record and its chain stand while commands are taken. */
interface Place<State> {
  standing: Standing<State>;
  head: Head;
  /** What commands before told of it, that is in no row yet. */
  told: readonly Link[];
}

interface Decided<State> {
  before: State;
  links: Linked[];
  place: Place<State>;
}

/** What is asked of records before anything is done with them. */
export interface Known {
  stories: ReadonlyMap<string, Row[]>;
  keys?: WrappedKeys;
}

export interface Handling {
  /** What it says yes to stops none of the others. */
  isRefusal(error: unknown): boolean;
  /** What `look` found; looked up where nobody did. */
  known?: Known | undefined;
}

/** What requests come to, and what is to be written of it. */
interface Outcome<State, Event extends DomainEvent> {
  answers: (Decided<State> | Untaken)[];
  links: Linked[];
  standings: Standing<State>[];
  happened: Happened<State, Event>[];
  said: Kept[];
  disposed: string[];
}

/** Takes commands for one kind of record: story, fold, decide, append, read tables, all in the caller's transaction. */
export class Records<State, Command, Event extends DomainEvent> {
  constructor(
    private readonly slice: Slice<State, Command, Event>,
    private readonly narrative?: Narrative,
  ) {}

  /**
   * One command. Throws `RuleViolation` when the rules say no, `NotFound` when the record is another authority's or was
   * seen and is not there, and `Conflict` when `expected` is not where the record stands or somebody was faster.
   */
  async handle(tx: Tx, request: Taking<Command, State>): Promise<Result<State, Event>> {
    const [result] = await this.handleAll(tx, [request]);
    return result!;
  }

  /** Many commands in as few statements as one takes; those for one record are taken in their order. */
  async handleAll(tx: Tx, requests: Taking<Command, State>[]): Promise<Result<State, Event>[]> {
    const { answers, links, standings, happened, said, disposed } = await this.outcome(tx, requests, { isRefusal: () => false });
    const stored = new Map<string, Stored>();
    await inOneGo(tx, [
      async () => {
        for (const one of await append(tx, links)) stored.set(one.id, one);
      },
      () => this.slice.project(tx, standings),
      () => this.slice.announce?.(tx, happened),
      () => this.narrative?.keep(tx, said),
    ]);
    await this.narrative?.dispose(tx, disposed);
    return (answers as Decided<State>[]).map(({ place, links: told }) => ({ ...place.standing, events: told.map(({ link }) => stored.get(link.id) as Stored<Event>) }));
  }

  /**
   * The same as the last that a transaction does, for whoever needs no more than where each record stands then: everything
   * is sent in one go, and nobody waits for it but the transaction's end. `announce` is given no answers. What one is refused
   * for stops none of the others: it stands in the place of its result. What is no refusal is thrown.
   */
  async takeEach(tx: Tx, requests: Taking<Command, State>[], handling: Handling): Promise<(Standing<State> | Untaken)[]> {
    const { answers, links, standings, happened, said, disposed } = await this.outcome(tx, requests, handling);
    // Whoever says that a record must not be theirs sees it no more once its read tables say so: words come before.
    const statements = [
      ...((await this.narrative?.keeping(tx, said, handling.known?.keys)) ?? []),
      ...(await noted((asks) => this.slice.project(asks, standings))),
      ...(await noted(async (asks) => this.slice.announce?.(asks, happened))),
      ...(await noted(async (asks) => this.narrative?.dispose(asks, disposed))),
    ];
    await lastly(tx, inOneGo(tx, [() => append(tx, links), ...statements.map(({ sql, parameters }) => () => tx.query(sql, parameters))]));
    return answers.map((one) => ('refused' in one ? one : one.place.standing));
  }

  /** Stories and keys of these records, which may be asked for before it is known what is to be done. */
  async look(tx: Tx, recordIds: string[]): Promise<Known> {
    const [stories, keys] = await inOneGo<[Known['stories'], WrappedKeys]>(tx, [() => this.stories(tx, recordIds), () => this.narrative?.wrappedKeys(tx, recordIds)]);
    return { stories, keys };
  }

  /** What these requests come to, one after another; nothing is written yet. */
  private async outcome(tx: Tx, requests: Taking<Command, State>[], { isRefusal, known }: Handling): Promise<Outcome<State, Event>> {
    const { stories } = known ?? { stories: await this.stories(tx, requests.flatMap(({ recordId, isNew = false }) => (isNew ? [] : [recordId]))) };
    const places = new Map<string, Place<State>>();
    const answers: (Decided<State> | Untaken)[] = [];
    for (const request of requests) {
      try {
        answers.push(await this.answer(request, stories.get(request.recordId) ?? [], places));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        answers.push({ refused: error });
      }
    }
    const isChanged = (one: Decided<State> | Untaken): one is Decided<State> => !('refused' in one) && one.links.length > 0;
    const changed = answers.filter(isChanged);
    const said = requests.map(({ recordId, isNew = false, words }) => words?.drain().map((text) => ({ recordId, isNew, ...text })) ?? []);
    return {
      answers,
      links: changed.flatMap(({ links }) => links),
      standings: [...new Map(changed.map(({ place: { standing } }) => [standing.recordId, standing])).values()],
      happened: this.changes(changed),
      said: said.filter((_, at) => isChanged(answers[at]!)).flat(),
      disposed: changed.filter(({ links }) => links.some(({ event }) => event.type === this.slice.disposes)).map(({ place }) => place.standing.recordId),
    };
  }

  /** What one request comes to on its record as the requests before it have left that; throws where it is refused. */
  private async answer(request: Taking<Command, State>, rows: Row[], places: Map<string, Place<State>>): Promise<Decided<State>> {
    const place = places.get(request.recordId) ?? this.place(request.recordId, rows);
    if (request.admits && place.standing.sequence > 0) await request.admits(place.standing);
    refuseUnseen(request, rows, place);
    const made = 'make' in request ? await request.make() : [request.command];
    let decided: Decided<State> = { before: place.standing.state, links: [], place };
    for (const command of Array.isArray(made) ? (made as readonly Command[]) : [made as Command]) {
      const { links, place: after } = this.decide(request, command, decided.place);
      decided = { ...decided, links: [...decided.links, ...links], place: after };
    }
    places.set(request.recordId, decided.place);
    return decided;
  }

  /** One for each record, whatever the number of commands that changed it. */
  private changes(changed: Decided<State>[]): Happened<State, Event>[] {
    const of = Map.groupBy(changed, ({ place }) => place.standing.recordId);
    return [...of.values()].map((some) => {
      const links = some.flatMap((one) => one.links);
      return { before: some[0]!.before, after: some.at(-1)!.place.standing, events: links.map(({ event }) => event as Event), recordedAt: links.at(-1)!.link.recordedAt };
    });
  }

  /** Where these records stand; one without a story is absent. */
  async standings(tx: Tx, recordIds: string[]): Promise<Standing<State>[]> {
    const stories = await this.stories(tx, recordIds);
    return [...stories].map(([recordId, rows]) => this.standing(recordId, rows));
  }

  /** A record's events in order; none where there is no such record. */
  async story(tx: Tx, recordId: string): Promise<Stored<Event>[]> {
    return this.lifted((await this.stories(tx, [recordId])).get(recordId) ?? []);
  }

  /** Where a record stands, with its events in order: read once for both. Throws `NotFound` when there is none. */
  async told(tx: Tx, recordId: string): Promise<Told<State, Event>> {
    const rows = (await this.stories(tx, [recordId])).get(recordId);
    if (!rows) throw noSuchRecord();
    return { standing: this.standing(recordId, rows), story: this.lifted(rows) };
  }

  /** Where a record stands. Throws `NotFound` when there is none, or none of this authority. */
  async get(tx: Tx, recordId: string, authority: string | null): Promise<Standing<State>> {
    const [found] = await this.standings(tx, [recordId]);
    if (!found || (authority !== null && found.authority !== authority)) throw noSuchRecord();
    return found;
  }

  /** The stories of these records, as far as they are of this kind. */
  private async stories(tx: Tx, recordIds: string[]): Promise<Map<string, Row[]>> {
    const all = await storiesOf(tx, recordIds);
    const { begins } = this.slice;
    return begins === undefined ? all : new Map([...all].filter(([, [first]]) => first?.type === begins));
  }

  private decide({ recordId, context }: Asked<State>, command: Command, { standing: before, head, told }: Place<State>): Omit<Decided<State>, 'before'> {
    const events = this.slice.decider.decide(command, before.state);
    const authority = before.authority ?? context.authority;
    const { links, head: after } = chained({
      recordId,
      after: head,
      authority,
      actor: context.actor,
      recordedAt: context.recordedAt,
      traceparent: context.traceparent ?? null,
      causationId: context.causationId ?? null,
      events: events.map((event) => ({ event, isPublished: this.slice.publish(event).length > 0, authority: this.slice.belongsTo?.(event) })),
    });
    const state = fold(this.slice.decider, events, before.state);
    // A record is whose its first event was; one that is nobody's stays so, whoever adds to it.
    const first = before.sequence > 0 ? before : { authority, begunBy: context.actor };
    const standing = { recordId, authority: first.authority, begunBy: first.begunBy, state, sequence: after.sequence };
    return { links, place: { standing, head: after, told: [...told, ...links.map(({ link }) => link)] } };
  }

  private place(recordId: string, rows: Row[]): Place<State> {
    return { standing: this.standing(recordId, rows), head: headOf(rows), told: [] };
  }

  private standing(recordId: string, rows: Row[]): Standing<State> {
    const events = rows.map((row) => this.lift(storedOf(row).event));
    return {
      recordId,
      authority: rows[0]?.authority ?? null,
      begunBy: rows[0]?.actor ?? null,
      state: fold(this.slice.decider, events),
      sequence: rows.at(-1)?.sequence ?? 0,
    };
  }

  private lifted(rows: Row[]): Stored<Event>[] {
    return rows.map((row) => {
      const stored = storedOf(row);
      return { ...stored, event: this.lift(stored.event) };
    });
  }

  private lift(event: DomainEvent): Event {
    return this.slice.upcast ? this.slice.upcast(event) : (event as Event);
  }
}

const noSuchRecord = (): NotFound => new NotFound('there is no such record');

/** Throws where a record is not there for whoever asks, or not as they saw it. */
function refuseUnseen({ recordId, context, expected }: Asked<never>, rows: Row[], { standing: before, told }: Place<unknown>): void {
  const exists = before.sequence > 0;
  if (exists && before.authority !== null && before.authority !== context.authority) throw noSuchRecord();
  // A new record is expected at 0; anything else was seen, and so cannot be of a record that there is not.
  if (expected && !exists) throw noSuchRecord();
  if (expected !== undefined && expected !== before.sequence) throw new Conflict(recordId, before.sequence, changesAfter([...rows.map(changeIn), ...told], { expected, authority: context.authority }));
}

/** Who did it is told within a council. */
const changesAfter = (story: Change[], seen: { expected: number; authority: string | null }) =>
  story
    .filter(({ sequence }) => sequence > seen.expected)
    .map(({ type, recordedAt, actor, authority }) => ({ type, at: recordedAt, actor: authority === seen.authority ? actor : null }));

type Change = Pick<Link, 'sequence' | 'type' | 'recordedAt' | 'actor' | 'authority'>;

const changeIn = ({ sequence, type, recorded_at, actor, authority }: Row): Change => ({ sequence, type, recordedAt: recorded_at, actor, authority });
