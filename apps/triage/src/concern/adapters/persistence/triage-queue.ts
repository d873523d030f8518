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
  immediateRisk?: 'yes' | 'no' | undefined;
  referrerType?: string | undefined;
  late?: boolean | undefined;
  /** Null: nobody. */
  assignedTo?: string | null | undefined;
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

const pageSize = 50;

/** Every order ends in the id, so that no two places are equal and each page follows from the last. */
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
    const { total, oldest, changes } = await this.counted(tx, { where, values });
    const waited = oldest && daysSince(oldest, now);
    return { items: rows.map((row) => itemOf(row, now)), total, oldestDays: waited, state: stateOf(total, changes), page: asked.page, pageSize, asOf: now };
  }

  /** Says of what waits no more than whether it is still the same: it changes when anything comes, goes or changes. */
  async state(tx: Queries, asked: QueueQuestion): Promise<{ state: string }> {
    const { total, changes } = await this.counted(tx, this.waiting(asked, this.clock.now()));
    return { state: stateOf(total, changes) };
  }

  private async counted(tx: Queries, { where, values }: Waiting): Promise<{ total: number; oldest: Instant | null; changes: number }> {
    const [counted]: { total: number; oldest: Instant | null; changes: number }[] = await tx.query(
      `select count(*) as total, min(received_at) as oldest, coalesce(sum(sequence), 0)::bigint as changes from concern where ${where}`,
      values,
    );
    return counted!;
  }

  private waiting(asked: QueueQuestion, now: Instant): Waiting {
    const filters = {
      'authority = $': asked.authority,
      'immediate_risk = $': asked.immediateRisk && asked.immediateRisk === 'yes',
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

/** A concern's sequence only grows, so that two that change never hide each other. */
const stateOf = (total: number, changes: number): string => `${total}.${changes}`;

const daysSince = (at: Instant, now: Instant): number => daysBetween(londonDay(at), londonDay(now));

function itemOf({ clocksFrom, ...row }: Row, now: Instant) {
  return {
    ...row,
    immediateRisk: row.immediateRisk === null ? null : row.immediateRisk ? 'yes' : 'no',
    clocks: readingsAt(now, clocksFrom),
    waitingDays: daysSince(row.receivedAt, now),
  };
}
