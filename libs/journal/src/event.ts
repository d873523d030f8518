/** What a decider says happened: `at` is when it happened, the rest is ids, codes and times. */
export interface DomainEvent {
  readonly type: string;
  readonly at: string;
}

/** One row of the journal. */
export interface Stored<Event extends DomainEvent = DomainEvent> {
  position: number;
  id: string;
  recordId: string;
  sequence: number;
  /** Counts the record's published events; null for one that stays private. */
  contractSequence: number | null;
  authority: string | null;
  recordedAt: string;
  actor: string | null;
  traceparent: string | null;
  causationId: string | null;
  event: Event;
}

/** Who did something on whose behalf, and what made it happen. */
export interface Context {
  authority: string | null;
  /** An opaque id; null where an old system does not tell. */
  actor: string | null;
  recordedAt: string;
  traceparent?: string | null;
  /** The message or request that caused it. */
  causationId?: string | null;
}

/** A published event without its envelope. */
export interface Published {
  type: string;
  data: object;
}

/** Two people wrote at once; this is what the slower one needs to know. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  constructor(
    readonly recordId: string,
    /** The record's sequence now; undefined when the race was lost in the database. */
    readonly sequence?: number,
    readonly changes: { type: string; at: string; actor: string | null }[] = [],
  ) {
    super('someone else has changed this record');
  }
}

/** No such record, or none that this caller may know of. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}
