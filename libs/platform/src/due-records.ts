import type { Held } from '#libs/access';
import { addDays, addYears, type Day, type Instant, londonDay, startOfDay } from '#libs/calendar';
import type { DomainEvent, Narrative, Records, Standing, Tx } from '#libs/journal';
import { type HeldWith, type Keeping, type KeepOrDispose, permittedAtEnd, type RetentionBasis, type RetentionRule } from '#libs/retention';
import { admit, admitted, listedAuthority, sightOf } from './admit.js';
import type { Asking } from './asking.js';
import type { Clock } from './clock.js';
import type { Answer } from './commands.js';
import type { Database } from './database.js';
import { recordReading } from './reading.js';

/** A record whose retention has ended. */
export type DueRecord<Basis extends RetentionBasis = RetentionBasis> = Basis & {
  id: string;
  reference: string;
  sequence: number;
  onHold: boolean;
  /** Whether what it belongs with is. */
  heldWith: HeldWith;
  proposedBy: string | null;
};

export interface DuePage<Basis extends RetentionBasis = RetentionBasis> {
  items: DueRecord<Basis>[];
  /** The record after which the next page begins; null at the end. */
  next: string | null;
  /** False where another service that had to be asked did not answer: what depends on it may be missing. */
  isWhole: boolean;
  asOf: Day;
}

/** A record under a legal hold: why, is told with one alone. */
export type HeldRecord = Pick<Review, 'reference' | 'status' | 'heldBy' | 'heldSince'> & { id: string };

export interface HeldPage {
  items: HeldRecord[];
  /** The record after which the next page begins; null at the end. */
  next: string | null;
}

/** One record as it is looked at before it goes, or is held: in codes. */
export interface Review<Basis extends RetentionBasis = RetentionBasis> extends Answer {
  reference: string;
  status: string;
  codes: Readonly<Record<string, unknown>>;
  /** Null where nothing says yet how long it is kept. */
  retention: Basis | null;
  isDue: boolean;
  onHold: boolean;
  /** Who put it under the legal hold, and when. */
  heldBy: string | null;
  heldSince: Instant | null;
  /** Whether what it belongs with is. */
  heldWith: HeldWith;
  proposedBy: string | null;
  permitted: KeepOrDispose['type'][];
  asOf: Day;
}

/** The same with the words that say who needs it to be kept, and why: whoever lifts a hold has to know. */
export interface WholeReview<Basis extends RetentionBasis = RetentionBasis> extends Review<Basis> {
  holdReason: string | null;
}

/** What stands in a record's story about its end. */
export interface Ending<Basis extends RetentionBasis> {
  reference: string;
  status: string;
  keeping: Keeping;
  retention: Basis | undefined;
  /** Left out for what belongs with nothing. */
  heldWith?: HeldWith;
  codes: Readonly<Record<string, unknown>>;
}

/** One kind of record, as far as its retention goes. */
export interface Retained<State, Basis extends RetentionBasis> {
  /** What readings of one and of several are called after. */
  noun: string;
  plural: string;
  /** Its read table, and the column that says when it began. */
  table: string;
  begunAt: string;
  /** Where nothing is left to be done with it. */
  statuses: readonly string[];
  /** The events that happen to it without anybody dealing with it. */
  noContact: readonly string[];
  held(standing: Standing<State>, tx: Tx, asking: Asking): Held | Promise<Held>;
  /** Finds these another way than by when somebody dealt with them last; with the same parameters. */
  quiet?: string;
  /** What these come to by the rules that are in force on a day, as far as whoever asks may know it; undefined for what is not there. Asked outside any transaction. */
  endings(standings: Standing<State>[], on: Day, asking: Asking): Promise<(Ending<Basis> | undefined)[]> | (Ending<Basis> | undefined)[];
}

interface On<State> {
  database: Database;
  records: Pick<Records<State, never, DomainEvent>, 'standings' | 'get'>;
  clock: Clock;
  narrative: Pick<Narrative, 'reveal'>;
  rules: readonly RetentionRule[];
}

interface Found<State, Basis extends RetentionBasis> {
  standing: Standing<State>;
  ending: Ending<Basis>;
}

interface Read {
  recordIds: string[];
  what: string;
}

/** What nobody has dealt with for as long as the shortest rule says: whether its time has come is for the rules to say, one by one. */
const quiet = ({ table, begunAt }: Pick<Retained<unknown, RetentionBasis>, 'table' | 'begunAt'>): string => `
select id from ${table}
where authority = $1 and status = any($6) and ${begunAt} < $2 and ($3::uuid is null or id > $3)
  and not exists (select from journal where record_id = ${table}.id and occurred_at >= $2 and type <> all($5))
order by id limit $4`;

/** What was put under a legal hold by somebody of a council and not taken out of it again; an index of each service is for this alone. */
const underHold = `
select record_id as id from journal as placed
where type = 'LegalHoldPlaced' and authority = $1 and ($2::uuid is null or record_id > $2)
  and not exists (select from journal where record_id = placed.record_id and authority = placed.authority and sequence > placed.sequence and type = 'LegalHoldLifted')
order by record_id limit $3`;

/** More of one reference than this are an old system's doing. */
const mostAlike = 20;

/** The records of one kind whose retention has ended, for a person to look at before anything goes. */
export class DueRecords<State, Basis extends RetentionBasis> {
  constructor(
    private readonly on: On<State>,
    private readonly retained: Retained<State, Basis>,
  ) {}

  /** A page of them in the own council, those under a legal hold among them. The reading is recorded. */
  async page(asking: Asking, { after, limit }: { after?: string | undefined; limit: number }): Promise<DuePage<Basis>> {
    const { noContact, statuses } = this.retained;
    const authority = listedAuthority(asking, undefined);
    const asOf = this.today();
    const latest = this.latest(asOf);
    if (latest === undefined) return { items: [], next: null, isWhole: true, asOf };
    const { ids, standings, isMore } = await this.on.database.transaction(sightOf(asking), async (tx) => {
      const rows: { id: string }[] = await tx.query(this.retained.quiet ?? quiet(this.retained), [authority, latest, after ?? null, limit + 1, noContact, statuses]);
      const some = rows.slice(0, limit).map(({ id }) => id);
      return { ids: some, standings: await this.on.records.standings(tx, some), isMore: rows.length > limit };
    });
    const found = await this.found(asking, standings, asOf);
    const items = found.flatMap((one) => dueOf(one, asOf)).toSorted((one, other) => one.dueOn.localeCompare(other.dueOn));
    await this.record(asking, { recordIds: items.map(({ id }) => id), what: `${this.retained.plural} due for disposal` });
    return { items, next: isMore ? ids.at(-1)! : null, isWhole: found.every(({ ending }) => ending.heldWith !== 'not_known'), asOf };
  }

  /** One record, due or not, with why it is held. The reading is recorded. */
  async one(asking: Asking, recordId: string): Promise<WholeReview<Basis>> {
    const asOf = this.today();
    const standing = await this.on.database.transaction(sightOf(asking), async (tx) => {
      const there = await this.on.records.get(tx, recordId, null);
      await this.admitTo(tx, asking, there);
      return there;
    });
    const [found] = await this.found(asking, [standing], asOf);
    const hold = found!.ending.keeping.legalHold;
    const { reason } = await this.on.database.transaction(sightOf(asking), async (tx) => {
      await this.recordIn(tx, asking, { recordIds: [recordId], what: `retention of ${this.retained.noun}` });
      return this.on.narrative.reveal(tx, { reason: hold?.reason ?? null });
    });
    return { ...reviewOf(found!, asOf), holdReason: reason };
  }

  /** Those of the own council that are called so: somebody needs one to be kept. The reading is recorded. */
  async called(asking: Asking, reference: string): Promise<{ items: Review<Basis>[] }> {
    const authority = listedAuthority(asking, undefined);
    const asOf = this.today();
    const standings = await this.on.database.transaction(sightOf(asking), async (tx) => {
      const rows: { id: string }[] = await tx.query(`select id from ${this.retained.table} where authority = $1 and reference = $2 order by id limit ${mostAlike}`, [authority, reference]);
      return this.open(tx, asking, rows.map(({ id }) => id));
    });
    const items = (await this.found(asking, standings, asOf)).map((one) => reviewOf(one, asOf));
    await this.record(asking, { recordIds: items.map(({ id }) => id), what: `retention of ${this.retained.noun}` });
    return { items };
  }

  /** A page of those that the own council keeps under a legal hold, due or not. The reading is recorded. */
  async underHold(asking: Asking, { after, limit }: { after?: string | undefined; limit: number }): Promise<HeldPage> {
    const authority = listedAuthority(asking, undefined);
    const { ids, standings, isMore } = await this.on.database.transaction(sightOf(asking), async (tx) => {
      const rows: { id: string }[] = await tx.query(underHold, [authority, after ?? null, limit + 1]);
      const some = rows.slice(0, limit).map(({ id }) => id);
      return { ids: some, standings: await this.open(tx, asking, some), isMore: rows.length > limit };
    });
    const reviews = (await this.found(asking, standings, this.today())).map((one) => reviewOf(one, this.today())).filter(({ onHold }) => onHold);
    await this.record(asking, { recordIds: reviews.map(({ id }) => id), what: `${this.retained.plural} under a legal hold` });
    const items = reviews.map(({ id, reference, status, heldBy, heldSince }) => ({ id, reference, status, heldBy, heldSince }));
    return { items: items.toSorted((one, other) => String(one.heldSince).localeCompare(String(other.heldSince))), next: isMore ? ids.at(-1)! : null };
  }

  /** Throws where there is no such record for them. */
  admit(asking: Asking, recordId: string): Promise<void> {
    return this.on.database.transaction(sightOf(asking), async (tx) => this.admitTo(tx, asking, await this.on.records.get(tx, recordId, null)));
  }

  /** Those of some records that are open to whoever asks. */
  private async open(tx: Tx, asking: Asking, recordIds: string[]): Promise<Standing<State>[]> {
    const there = await this.on.records.standings(tx, recordIds);
    const cases = await Promise.all(there.map(async (standing) => ({ id: standing.recordId, held: await this.retained.held(standing, tx, asking), standing })));
    return admitted(asking, cases).map(({ standing }) => standing);
  }

  private async admitTo(tx: Tx, asking: Asking, standing: Standing<State>): Promise<void> {
    admit(asking, { id: standing.recordId, held: await this.retained.held(standing, tx, asking) });
  }

  private today(): Day {
    return londonDay(this.on.clock.now());
  }

  /** Nothing that was dealt with since then can be due, by any rule; undefined: nothing can, since there is none. */
  private latest(asOf: Day): Instant | undefined {
    const { rules } = this.on;
    if (rules.length === 0) return undefined;
    const fewest = Math.min(...rules.map(({ years }) => years));
    return startOfDay(addDays(addYears(asOf, -fewest), 2));
  }

  /** Another service may be asked for this, which takes its time: no transaction is open meanwhile. */
  private async found(asking: Asking, standings: Standing<State>[], asOf: Day): Promise<Found<State, Basis>[]> {
    const endings = await this.retained.endings(standings, asOf, asking);
    return standings.flatMap((standing, at) => (endings[at] ? [{ standing, ending: endings[at] }] : []));
  }

  /** Before the answer leaves. */
  private async record(asking: Asking, read: Read): Promise<void> {
    if (read.recordIds.length > 0) await this.on.database.transaction(sightOf(asking), (tx) => this.recordIn(tx, asking, read));
  }

  private recordIn(tx: Tx, { staff, why }: Asking, read: Read): Promise<void> {
    return recordReading(tx, { staff, at: this.on.clock.now(), why, ...read });
  }
}

function dueOf<State, Basis extends RetentionBasis>({ standing: { recordId, sequence }, ending }: Found<State, Basis>, asOf: Day): DueRecord<Basis>[] {
  const { reference, retention, keeping, heldWith = 'no' } = ending;
  if (!retention || retention.dueOn > asOf) return [];
  return [{ id: recordId, reference, sequence, ...retention, onHold: keeping.legalHold !== null, heldWith, proposedBy: keeping.disposalProposal?.by ?? null }];
}

function reviewOf<State, Basis extends RetentionBasis>({ standing: { recordId, sequence }, ending }: Found<State, Basis>, asOf: Day): Review<Basis> {
  const { reference, status, codes, retention, keeping, heldWith = 'no' } = ending;
  const isDue = retention !== undefined && retention.dueOn <= asOf;
  const permitted = status === 'disposed' ? [] : permittedAtEnd(keeping).filter((type) => (isDue && heldWith === 'no') || (type !== 'ProposeDisposal' && type !== 'ConfirmDisposal'));
  return { id: recordId, sequence, reference, status, codes, retention: retention ?? null, isDue, onHold: keeping.legalHold !== null, heldBy: keeping.legalHold?.by ?? null, heldSince: keeping.legalHold?.at ?? null, heldWith, proposedBy: keeping.disposalProposal?.by ?? null, permitted, asOf };
}
