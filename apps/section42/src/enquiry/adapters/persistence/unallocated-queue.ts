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

/** Somebody has it who cannot work on it. */
interface Stranded {
  /** Null where an old system did not say who has it. */
  worker: string | null;
  why: 'not_named' | 'kept_from' | 'left';
}

const pageSize = 50;

/** It was restricted to others since it was allocated, or is kept from whoever has it, or whoever has it has left: nobody else would look for it. */
const stranded = `
select id, worker, 'not_named' as why from enquiry
where status = 'allocated' and id in (select record_id from restriction where not kept and until is null)
  and not exists (select from restriction where record_id = enquiry.id and named = worker and not kept and until is null)
union all
select enquiry.id, worker, 'kept_from' from restriction join enquiry on enquiry.id = record_id and worker = named and enquiry.status = 'allocated' where kept and until is null
union all
select enquiry.id, worker, 'left' from known_staff join enquiry on worker = acts_as and enquiry.status = 'allocated'
where known_staff.status <> 'active' and not exists (select from known_staff again where again.acts_as = worker and again.status = 'active')`;

/** Every order ends in the id, so that no two places are equal and each page follows from the last. */
const orders: Record<QueueQuestion['sort'], (direction: 'asc' | 'desc') => string> = {
  openedAt: (d) => `opened_at ${d}, id ${d}`,
  waitingDays: (d) => (d === 'asc' ? 'opened_at desc, id desc' : 'opened_at, id'),
  reference: (d) => `reference ${d}, id ${d}`,
};

/** The enquiries that nobody has, or nobody who can work on them, sorted, filtered and paged in the database. */
@Injectable()
export class UnallocatedQueue {
  constructor(private readonly clock: Clock) {}

  async page(tx: Queries, asked: QueueQuestion) {
    const { authority, kind, page } = asked;
    const asOf = this.clock.now();
    const lost = new Map(((await tx.query(stranded)) as ({ id: string } & Stranded)[]).map(({ id, ...how }) => [id, how]));
    // Nearly always there are none, and the index of those that nobody has gives the page in its order.
    const unallocated = `from enquiry where ${lost.size > 0 ? `(status = 'open' or id = any($3::uuid[]))` : `status = 'open'`}
      and ($1::text is null or authority = $1) and ($2::text is null or kind = $2)`;
    const filters = [authority ?? null, kind ?? null, ...(lost.size > 0 ? [[...lost.keys()]] : [])];
    const rows: Row[] = await tx.query(
      `select id, reference, authority, concern_id as "concernId", kind, opened_at as "openedAt" ${unallocated}
       order by ${orders[asked.sort](asked.direction)} limit ${pageSize} offset ${(page - 1) * pageSize}`,
      filters,
    );
    const [counted]: { total: number; oldest: Instant | null }[] = await tx.query(`select count(*) as total, min(opened_at) as oldest ${unallocated}`, filters);
    const { total, oldest } = counted!;
    const daysSince = (at: Instant): number => daysBetween(londonDay(at), londonDay(asOf));
    const items = rows.map((row) => ({ ...row, waitingDays: daysSince(row.openedAt), stranded: lost.get(row.id) ?? null }));
    return { items, total, oldestDays: oldest && daysSince(oldest), page, pageSize, asOf };
  }
}
