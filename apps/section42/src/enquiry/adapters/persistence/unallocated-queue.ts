import { Injectable } from '@nestjs/common';
import { daysBetween, type Instant, londonDay } from '#libs/calendar';
import type { Queries } from '#libs/journal';
import { Clock } from '#libs/platform';
import type { EnquiryKind } from '../../domain/codes.js';

export interface QueueQuestion {
  authority?: string | undefined;
  page: number;
  sort: 'openedAt' | 'waitingDays' | 'reference';
  direction: 'asc' | 'desc';
  kind?: EnquiryKind | undefined;
}

interface Row {
  id: string;
  reference: string;
  authority: string;
  concernId: string;
  kind: EnquiryKind;
  openedAt: Instant;
}

const pageSize = 50;

/** Every order ends in the id, so that no two places are equal and each page follows from the last. */
const orders: Record<QueueQuestion['sort'], (direction: 'asc' | 'desc') => string> = {
  openedAt: (d) => `opened_at ${d}, id ${d}`,
  waitingDays: (d) => (d === 'asc' ? 'opened_at desc, id desc' : 'opened_at, id'),
  reference: (d) => `reference ${d}, id ${d}`,
};

/** The enquiries that nobody has, sorted, filtered and paged in the database. */
@Injectable()
export class UnallocatedQueue {
  constructor(private readonly clock: Clock) {}

  async page(tx: Queries, asked: QueueQuestion) {
    const { authority, kind, page } = asked;
    const asOf = this.clock.now();
    const unallocated = `from enquiry where status = 'open' and ($1::text is null or authority = $1) and ($2::text is null or kind = $2)`;
    const filters = [authority ?? null, kind ?? null];
    const rows: Row[] = await tx.query(
      `select id, reference, authority, concern_id as "concernId", kind, opened_at as "openedAt" ${unallocated}
       order by ${orders[asked.sort](asked.direction)} limit ${pageSize} offset ${(page - 1) * pageSize}`,
      filters,
    );
    const [counted]: { total: number; oldest: Instant | null }[] = await tx.query(`select count(*) as total, min(opened_at) as oldest ${unallocated}`, filters);
    const { total, oldest } = counted!;
    const daysSince = (at: Instant): number => daysBetween(londonDay(at), londonDay(asOf));
    const items = rows.map((row) => ({ ...row, waitingDays: daysSince(row.openedAt) }));
    return { items, total, oldestDays: oldest && daysSince(oldest), page, pageSize, asOf };
  }
}
