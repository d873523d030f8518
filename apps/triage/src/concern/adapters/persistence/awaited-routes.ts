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
  route: Route;
  otherAuthority: Council | null;
  sentAt: Instant;
  /** They do not take it, and nobody found another way yet. */
  refusedAt: Instant | null;
}

const pageSize = 50;

/** Where concerns were sent and nobody has said that they have them, what has waited for longest first, paged in the database; none that somebody may still decide again blind, to whom being listed would tell what was decided. */
@Injectable()
export class AwaitedRoutes {
  constructor(private readonly clock: Clock) {}

  async page(tx: Queries, { authority, by, page }: { authority?: string | undefined; by: string; page: number }) {
    const asOf = this.clock.now();
    const awaited = `awaited_route as awaited join concern on concern.id = awaited.record_id ${owedLook} where ($1::text is null or awaited.authority = $1) and ${isTold('$2')}`;
    const rows: Row[] = await tx.query(
      `select awaited.record_id as id, concern.reference, awaited.authority, concern.person_id as "personId", awaited.decision, awaited.sent_at as "sentAt", awaited.route, awaited.other_authority as "otherAuthority", awaited.refused_at as "refusedAt"
       from ${awaited}
       order by awaited.sent_at, awaited.record_id, awaited.decision, awaited.route limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [authority ?? null, by],
    );
    const [counted]: { total: number; oldest: Instant | null }[] = await tx.query(`select count(*) as total, min(sent_at) as oldest from ${awaited}`, [authority ?? null, by]);
    const { total, oldest } = counted!;
    const daysSince = (at: Instant): number => daysBetween(londonDay(at), londonDay(asOf));
    return { items: rows.map((row) => ({ ...row, waitingDays: daysSince(row.sentAt) })), total, oldestDays: oldest && daysSince(oldest), page, pageSize, asOf };
  }
}
