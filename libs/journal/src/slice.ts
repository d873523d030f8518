import type { Decider } from '#libs/decider';
import type { Tx } from './database.js';
import type { DomainEvent, Published } from './event.js';

/** A record as its whole story makes it. */
export interface Standing<State> {
  recordId: string;
  authority: string | null;
  /** Who told its first event; null where that was no person of ours. */
  begunBy: string | null;
  state: State;
  /** The record's sequence, which is its ETag. 0: there is no such record. */
  sequence: number;
}

/** One kind of record: its rules, what of it is published, and the read tables that follow it. */
export interface Slice<State, Command, Event extends DomainEvent> {
  decider: Decider<State, Command, Event>;
  /** The contracts that an event is published as, one a version; none for a private event. */
  publish(event: Event): Published[];
  /** Writes the read tables' rows of these records; the row is a function of the standing alone, so that a rebuild gives the same. */
  project(tx: Tx, standings: Standing<State>[]): Promise<void>;
  /** Writes what else follows from what happened just now, in its transaction. A rebuild does not do it again. Where a command came over HTTP it is given no answers. */
  announce?(tx: Tx, changes: Happened<State, Event>[]): Promise<void>;
  /** Lifts an old event to today's shape. */
  upcast?(event: DomainEvent): Event;
  /** Whose an event is that is told by one authority and concerns another's record; undefined: whoever tells it. */
  belongsTo?(event: Event): string | undefined;
  /** The type of the event that begins every story of this kind, where others share the journal: what begins otherwise is no record of it. */
  begins?: Event['type'];
  /** The type of the event with which a record is disposed of: its words and its key go with it. */
  disposes?: Event['type'];
}

/** What happened to one record in a transaction. */
export interface Happened<State, Event extends DomainEvent> {
  before: State;
  after: Standing<State>;
  events: Event[];
  recordedAt: string;
}
