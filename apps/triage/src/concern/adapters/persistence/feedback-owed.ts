import { Injectable } from '@nestjs/common';
import { daysBetween, type Instant, londonDay } from '#libs/calendar';
import type { Queries } from '#libs/journal';
import { Clock } from '#libs/platform';
import { isTold, owedLook } from './owed-look.js';

interface Row {
  id: string;
  reference: string;
  authority: string;
  referrerType: string | null;
  personId: string | null;
  /** Null where somebody else has yet to decide it again, blind. */
  outcome: string | null;
  decidedAt: Instant;
}

const pageSize = 50;

/** The concerns that are decided and whose referrer nobody has told what became of it, paged in the database. */
@Injectable()
export class FeedbackOwed {
  constructor(private readonly clock: Clock) {}

  async page(tx: Queries, { authority, by, page }: { authority?: string | undefined; by: string; page: number }) {
    const asOf = this.clock.now();
    const owed = `where feedback = 'owed' and ($1::text is null or concern.authority = $1)`;
    const rows: Row[] = await tx.query(
      `select id, reference, concern.authority, referrer_type as "referrerType", person_id as "personId", case when ${isTold('$2')} then outcome end as outcome,
              concern.decided_at as "decidedAt" from concern ${owedLook} ${owed}
       order by concern.decided_at, id limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [authority ?? null, by],
    );
    const [counted]: { total: number; oldest: Instant | null }[] = await tx.query(`select count(*) as total, min(decided_at) as oldest from concern ${owed}`, [authority ?? null]);
    const { total, oldest } = counted!;
    const daysSince = (at: Instant): number => daysBetween(londonDay(at), londonDay(asOf));
    const items = rows.map((row) => ({ ...row, waitingDays: daysSince(row.decidedAt) }));
    return { items, total, oldestDays: oldest && daysSince(oldest), page, pageSize, asOf };
  }
}
