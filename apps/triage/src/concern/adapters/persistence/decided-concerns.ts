import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import type { Queries } from '#libs/journal';
import { Clock } from '#libs/platform';
import type { Outcome } from '../../domain/codes.js';
import { isTold, owedLook } from './owed-look.js';

/** The place of a concern in the list, from which the next page goes on: the time that the list goes by, and which it is. */
export interface Place {
  decidedAt: Instant;
  id: string;
}

export interface DecidedQuestion {
  authority: string;
  /** Who asks: of a decision that somebody else has yet to make again, blind, they are not told what it was. */
  by: string;
  outcome?: Outcome | undefined;
  decidedBy?: string | undefined;
  /** Whoever raised it wrote more since. */
  moreCame?: boolean | undefined;
  /** Danger was told since, and nobody has looked yet: who has waited longest for that comes first. */
  dangerTold?: boolean | undefined;
  after?: Place | undefined;
}

interface Row {
  id: string;
  reference: string;
  authority: string;
  receivedAt: Instant;
  referrerType: string | null;
  personId: string | null;
  /** Null where it is not told yet. */
  outcome: Outcome | null;
  decidedAt: Instant;
  decidedBy: string | null;
  feedback: string;
  moreCameAt: Instant | null;
  /** Since when danger told after the decision waits for somebody to look. */
  dangerToldAt: Instant | null;
  /** Danger now is recorded, whenever that was. */
  inDanger: boolean;
}

const pageSize = 50;
const newestDecided = { by: 'concern.decided_at', direction: 'desc', isAfter: '<', placeOf: ({ decidedAt }: Row) => decidedAt };
const oldestTold = { by: 'danger_told_at', direction: 'asc', isAfter: '>', placeOf: ({ dangerToldAt }: Row) => dangerToldAt };

/** The concerns that are decided, the newest decision first. A page follows from the last one of the page before, however many there are. */
@Injectable()
export class DecidedConcerns {
  constructor(private readonly clock: Clock) {}

  async page(tx: Queries, { authority, by, outcome, decidedBy, moreCame, dangerTold, after }: DecidedQuestion) {
    const filters = [
      { value: outcome, sql: (place: string) => `outcome = ${place} and ${isTold('$2')}` },
      { value: decidedBy, sql: (place: string) => `concern.decided_by = ${place}` },
    ].filter(({ value }) => value !== undefined);
    const values: unknown[] = [authority, by, ...filters.map(({ value }) => value), ...(after ? [after.decidedAt, after.id] : [])];
    const narrowed = filters.map(({ sql }, at) => `and ${sql(`$${at + 3}`)}`).join(' ');
    const order = dangerTold ? oldestTold : newestDecided;
    const from = after ? `and (${order.by}, id) ${order.isAfter} ($${values.length - 1}::timestamptz, $${values.length}::uuid)` : '';
    const rows: Row[] = await tx.query(
      `select id, reference, concern.authority, received_at as "receivedAt", referrer_type as "referrerType", person_id as "personId",
              case when ${isTold('$2')} then outcome end as outcome, concern.decided_at as "decidedAt", concern.decided_by as "decidedBy", feedback,
              more_came_at as "moreCameAt", danger_told_at as "dangerToldAt", immediate_risk is true as "inDanger"
       from concern ${owedLook} where status = 'triaged' and concern.authority = $1 ${moreCame ? 'and more_came_at is not null' : ''} ${dangerTold ? 'and danger_told_at is not null' : ''} ${narrowed} ${from}
       order by ${order.by} ${order.direction}, id ${order.direction} limit ${pageSize + 1}`,
      values,
    );
    const items = rows.slice(0, pageSize);
    const last = rows.length > pageSize ? items.at(-1) : undefined;
    return { items, next: last ? { decidedAt: order.placeOf(last)!, id: last.id } : null, pageSize, asOf: this.clock.now() };
  }
}
