import { Injectable } from '@nestjs/common';
import { daysBetween, type Instant, londonDay } from '#libs/calendar';
import { Clock, Database } from '#libs/platform';
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
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async page(asked: QueueQuestion): Promise<object> {
    const { authority, kind, page } = asked;
    const asOf = this.clock.now();
    const unallocated = `from enquiry where status = 'open' and ($1::text is null or authority = $1) and ($2::text is null or kind = $2)`;
    const filters = [authority ?? null, kind ?? null];
    const rows = await this.database.query<Row[]>(
      `select id, reference, authority, concern_id as "concernId", kind, opened_at as "openedAt" ${unallocated}
       order by ${orders[asked.sort](asked.direction)} limit ${pageSize} offset ${(page - 1) * pageSize}`,
      filters,
    );
    const [count] = await this.database.query<{ total: number }[]>(`select count(*) as total ${unallocated}`, filters);
    const items = rows.map((row) => ({ ...row, waitingDays: daysBetween(londonDay(row.openedAt), londonDay(asOf)) }));
    return { items, total: count!.total, page, pageSize, asOf };
  }
}
