import { Injectable } from '@nestjs/common';
import { daysBetween, type Instant, londonDay } from '#libs/calendar';
import type { Queries } from '#libs/journal';
import { Clock } from '#libs/platform';
import type { Council, Route } from '../../domain/codes.js';
import { isTold, owedLook } from './owed-look.js';

interface Row {
  id: string;
  reference: string;
  authority: string;
  personId: string | null;
  decision: number;
  /** Null where somebody else has yet to decide it again, blind: where it went would tell them what was decided. */
  route: Route | null;
  otherAuthority: Council | null;
  sentAt: Instant;
  /** They do not take it, and nobody found another way yet. */
  refusedAt: Instant | null;
}

const pageSize = 50;

/** Where concerns were sent and nobody has said that they have them, what has waited for longest first, paged in the database. */
@Injectable()
export class AwaitedRoutes {
  constructor(private readonly clock: Clock) {}

  async page(tx: Queries, { authority, by, page }: { authority?: string | undefined; by: string; page: number }) {
    const asOf = this.clock.now();
    const awaited = 'where ($1::text is null or awaited.authority = $1)';
    const rows: Row[] = await tx.query(
      `select awaited.record_id as id, concern.reference, awaited.authority, concern.person_id as "personId", awaited.decision, awaited.sent_at as "sentAt",
              case when ${isTold('$2')} then awaited.route end as route, case when ${isTold('$2')} then awaited.other_authority end as "otherAuthority",
              case when ${isTold('$2')} then awaited.refused_at end as "refusedAt"
       from awaited_route as awaited join concern on concern.id = awaited.record_id ${owedLook} ${awaited}
       order by awaited.sent_at, awaited.record_id, awaited.decision, awaited.route limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [authority ?? null, by],
    );
    const [counted]: { total: number; oldest: Instant | null }[] = await tx.query(`select count(*) as total, min(sent_at) as oldest from awaited_route as awaited ${awaited}`, [authority ?? null]);
    const { total, oldest } = counted!;
    const daysSince = (at: Instant): number => daysBetween(londonDay(at), londonDay(asOf));
    return { items: rows.map((row) => ({ ...row, waitingDays: daysSince(row.sentAt) })), total, oldestDays: oldest && daysSince(oldest), page, pageSize, asOf };
  }
}
