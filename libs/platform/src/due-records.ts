import { addDays, addYears, type Day, type Instant, londonDay, startOfDay } from '#libs/calendar';
import type { DomainEvent, Records, Standing } from '#libs/journal';
import type { Keeping, RetentionBasis, RetentionRule } from '#libs/retention';
import { listedAuthority, sightOf } from './admit.js';
import type { Asking } from './asking.js';
import type { Clock } from './clock.js';
import type { Database } from './database.js';
import { recordReading } from './reading.js';

/** A record whose retention has ended. */
export type DueRecord<Basis extends RetentionBasis = RetentionBasis> = Basis & {
  id: string;
  reference: string;
  sequence: number;
  onHold: boolean;
  proposedBy: string | null;
};

export interface DuePage<Basis extends RetentionBasis = RetentionBasis> {
  items: DueRecord<Basis>[];
  /** The record after which the next page begins; null at the end. */
  next: string | null;
  asOf: Day;
}

/** What stands in a record's story about its end. */
export interface Ending<Basis extends RetentionBasis> {
  reference: string;
  keeping: Keeping;
  retention: Basis;
}

/** One kind of record, as far as its retention goes. */
export interface Retained<State, Basis extends RetentionBasis> {
  /** Its read table, and the column that says when it began. */
  table: string;
  begunAt: string;
  /** Where nothing is left to be done with it. */
  statuses: readonly string[];
  /** The events that happen to it without anybody dealing with it. */
  noContact: readonly string[];
  /** What the reading of the list is called. */
  what: string;
  /** What these come to by the rules that are in force on a day; undefined for what nothing says so of. */
  endings(standings: Standing<State>[], on: Day): Promise<(Ending<Basis> | undefined)[]> | (Ending<Basis> | undefined)[];
}

interface On<State> {
  database: Database;
  records: Pick<Records<State, never, DomainEvent>, 'standings'>;
  clock: Clock;
  rules: readonly RetentionRule[];
}

/** What nobody has dealt with for as long as the shortest rule says: whether its time has come is for the rules to say, one by one. */
const quiet = ({ table, begunAt }: Pick<Retained<unknown, RetentionBasis>, 'table' | 'begunAt'>): string => `
select id from ${table}
where authority = $1 and status = any($6) and ${begunAt} < $2 and ($3::uuid is null or id > $3)
  and not exists (select from journal where record_id = ${table}.id and occurred_at >= $2 and type <> all($5))
order by id limit $4`;

/** The records of one kind whose retention has ended, for a person to look at before anything goes. */
export class DueRecords<State, Basis extends RetentionBasis> {
  constructor(
    private readonly on: On<State>,
    private readonly retained: Retained<State, Basis>,
  ) {}

  /** A page of them in the own council, those under a legal hold among them. The reading is recorded. */
  page(asking: Asking, { after, limit }: { after?: string | undefined; limit: number }): Promise<DuePage<Basis>> {
    const { database, clock, records } = this.on;
    const { noContact, statuses, what } = this.retained;
    const authority = listedAuthority(asking, undefined);
    const now = clock.now();
    const asOf = londonDay(now);
    return database.transaction(sightOf(asking), async (tx) => {
      const rows: { id: string }[] = await tx.query(quiet(this.retained), [authority, this.latest(asOf), after ?? null, limit + 1, noContact, statuses]);
      const ids = rows.slice(0, limit).map(({ id }) => id);
      const items = await this.due(await records.standings(tx, ids), asOf);
      if (items.length > 0) await recordReading(tx, { staff: asking.staff, at: now, recordIds: items.map(({ id }) => id), what, why: asking.why });
      return { items, next: rows.length > limit ? ids.at(-1)! : null, asOf };
    });
  }

  /** Nothing that was dealt with since then can be due, by any rule. */
  private latest(asOf: Day): Instant {
    const fewest = Math.min(...this.on.rules.map(({ years }) => years));
    return startOfDay(addDays(addYears(asOf, -fewest), 2));
  }

  private async due(standings: Standing<State>[], asOf: Day): Promise<DueRecord<Basis>[]> {
    const endings = await this.retained.endings(standings, asOf);
    return standings
      .flatMap(({ recordId, sequence }, at) => {
        const ending = endings[at];
        if (!ending || ending.retention.dueOn > asOf) return [];
        const { reference, retention, keeping } = ending;
        return [{ id: recordId, reference, sequence, ...retention, onHold: keeping.legalHold !== null, proposedBy: keeping.disposalProposal?.by ?? null }];
      })
      .toSorted((one, other) => one.dueOn.localeCompare(other.dueOn));
  }
}
