import { Injectable } from '@nestjs/common';
import { daysBetween, type Instant, londonDay } from '#libs/calendar';
import type { Queries } from '#libs/journal';
import { Clock } from '#libs/platform';
import { clocksInForce } from '../../domain/clocks.js';
import { lateBefore, readingsAt } from '../../domain/late.js';

export interface QueueQuestion {
  authority?: string | undefined;
  page: number;
  sort: 'priority' | 'receivedAt' | 'waitingDays' | 'referrerType' | 'reference';
  direction: 'asc' | 'desc';
  immediateRisk?: 'yes' | 'no' | 'not_known' | undefined;
  referrerType?: string | undefined;
  late?: boolean | undefined;
  /** Null: nobody. */
  assignedTo?: string | null | undefined;
  /** Whoever asks. */
  by: string;
}

interface Row {
  id: string;
  sequence: number;
  reference: string;
  authority: string;
  receivedAt: Instant;
  clocksFrom: Instant;
  channel: string | null;
  referrerType: string | null;
  immediateRisk: boolean | null;
  personId: string | null;
  assignedTo: string | null;
  /** When whoever raised it wrote more last, until somebody works on it. */
  moreCameAt: Instant | null;
}

/** How many are asked for, since when the first waits, and what changes with them. */
interface Counted {
  total: number;
  oldest: Instant | null;
  changes: number;
  /** Of those that are decided: how many wait because danger was told after that. */
  dangerTold: number;
  /** Changes with those. */
  toldChanges: number;
}

/** How many wait in all, whatever is asked for: with whom, and how pressing. */
interface Counts {
  all: number;
  mine: number;
  nobodys: number;
  atRisk: number;
  dangerNotKnown: number;
  late: number;
  lateNobodys: number;
  dangerTold: number;
}

const pageSize = 50;

/** Those that are decided of which danger was told since, and nobody has looked yet: an index has these alone. */
const told = (what: string, authority: string | undefined): string => `(select ${what} from concern as since where since.status = 'triaged' and since.danger_told_at is not null${authority === undefined ? '' : ' and since.authority = $1'})`;

const toldSum = 'coalesce(sum(since.sequence), 0)::bigint';

/** Every order ends in the id, so that no two places are equal and each page follows from the last. Only who is known to be in danger comes first: nobody waits longer because it is not known. */
const orders: Record<QueueQuestion['sort'], (direction: string) => string> = {
  priority: (d) => (d === 'asc' ? '(immediate_risk is true) desc, clocks_from, received_at, id' : '(immediate_risk is true), clocks_from desc, received_at desc, id desc'),
  receivedAt: (d) => `received_at ${d}, id ${d}`,
  waitingDays: (d) => `received_at ${d === 'asc' ? 'desc' : 'asc'}, id ${d}`,
  referrerType: (d) => `referrer_type ${d} nulls last, clocks_from, id`,
  reference: (d) => `reference ${d}, id`,
};

/** The triage queue, sorted, filtered and paged in the database. */
@Injectable()
export class TriageQueue {
  constructor(private readonly clock: Clock) {}

  async page(tx: Queries, asked: QueueQuestion) {
    const now = this.clock.now();
    const { where, values } = this.waiting(asked, now);
    const rows: Row[] = await tx.query(
      `select id, sequence, reference, authority, received_at as "receivedAt", clocks_from as "clocksFrom", channel,
              referrer_type as "referrerType", immediate_risk as "immediateRisk", person_id as "personId", assigned_to as "assignedTo",
              more_came_at as "moreCameAt"
       from concern where ${where} order by ${orders[asked.sort](asked.direction)}
       limit ${pageSize} offset ${(asked.page - 1) * pageSize}`,
      values,
    );
    const { total, oldest, changes, toldChanges, counts } = await this.countedOfAll(tx, asked, now);
    const waited = oldest && daysSince(oldest, now);
    return { items: rows.map((row) => itemOf(row, now)), total, oldestDays: waited, state: stateOf({ total, changes, dangerTold: counts.dangerTold, toldChanges }), counts, page: asked.page, pageSize, asOf: now };
  }

  /** Says of what waits no more than whether it is still the same: it changes when anything comes, goes or changes. */
  async state(tx: Queries, asked: QueueQuestion): Promise<{ state: string }> {
    return { state: stateOf(await this.counted(tx, this.waiting(asked, this.clock.now()), asked.authority)) };
  }

  /** What is asked for among all that wait, which are looked through once. */
  private async countedOfAll(tx: Queries, asked: QueueQuestion, now: Instant): Promise<Counted & { counts: Counts }> {
    const { where, values } = this.waiting(asked, now);
    const all = this.waiting({ ...asked, immediateRisk: undefined, referrerType: undefined, late: undefined, assignedTo: undefined }, now);
    const [me, late] = [`assigned_to = $${values.length + 1}`, `clocks_from < $${values.length + 2}`];
    const [counted]: (Counted & Counts)[] = await tx.query(
      `select count(*) filter (where ${where}) as total, min(received_at) filter (where ${where}) as oldest, coalesce(sum(sequence) filter (where ${where}), 0)::bigint as changes,
              count(*) as "all", count(*) filter (where ${me}) as mine, count(*) filter (where assigned_to is null) as nobodys, count(*) filter (where immediate_risk) as "atRisk",
              count(*) filter (where immediate_risk is null) as "dangerNotKnown",
              count(*) filter (where ${late}) as late, count(*) filter (where ${late} and assigned_to is null) as "lateNobodys",
              ${told('count(*)', asked.authority)} as "dangerTold", ${told(toldSum, asked.authority)} as "toldChanges"
       from concern where ${all.where}`,
      [...values, asked.by, lateBefore(now, clocksInForce(londonDay(now)))],
    );
    const { total, oldest, changes, toldChanges, ...counts } = counted!;
    return { total, oldest, changes, dangerTold: counts.dangerTold, toldChanges, counts };
  }

  private async counted(tx: Queries, { where, values }: Waiting, authority: string | undefined): Promise<Counted> {
    const [counted]: Counted[] = await tx.query(
      `select count(*) as total, min(received_at) as oldest, coalesce(sum(sequence), 0)::bigint as changes, ${told('count(*)', authority)} as "dangerTold", ${told(toldSum, authority)} as "toldChanges" from concern where ${where}`,
      values,
    );
    return counted!;
  }

  private waiting(asked: QueueQuestion, now: Instant): Waiting {
    const filters = {
      'authority = $': asked.authority,
      'immediate_risk is not distinct from $::boolean': asked.immediateRisk && { yes: true, no: false, not_known: null }[asked.immediateRisk],
      'referrer_type = $': asked.referrerType,
      'assigned_to is not distinct from $::text': asked.assignedTo,
      [asked.late ? 'clocks_from < $' : 'clocks_from >= $']: asked.late === undefined ? undefined : lateBefore(now, clocksInForce(londonDay(now))),
    };
    const given = Object.entries(filters).filter(([, value]) => value !== undefined);
    const where = ["status = 'awaiting-triage'", ...given.map(([sql], index) => sql.replace('$', `$${index + 1}`))].join(' and ');
    return { where, values: given.map(([, value]) => value) };
  }
}

/** Which concerns are asked about: a condition, and what stands in its places. */
interface Waiting {
  where: string;
  values: unknown[];
}

/** A concern's sequence only grows, and how many there are stands beside each sum, so that one that comes as another goes is hidden by chance alone. */
const stateOf = ({ total, changes, dangerTold, toldChanges }: Pick<Counted, 'total' | 'changes' | 'dangerTold' | 'toldChanges'>): string => `${total}.${changes}.${dangerTold}.${toldChanges}`;

const daysSince = (at: Instant, now: Instant): number => daysBetween(londonDay(at), londonDay(now));

function itemOf({ clocksFrom, ...row }: Row, now: Instant) {
  return {
    ...row,
    immediateRisk: row.immediateRisk === null ? null : row.immediateRisk ? 'yes' : 'no',
    clocks: readingsAt(now, clocksFrom),
    waitingDays: daysSince(row.receivedAt, now),
  };
}
