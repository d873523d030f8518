import { Injectable } from '@nestjs/common';
import { addSeconds, daysBetween, type Instant, londonDay } from '#libs/calendar';
import type { Queries } from '#libs/journal';
import { Clock } from '#libs/platform';

interface Row {
  id: string;
  reference: string;
  authority: string;
  referrerType: string | null;
  personId: string | null;
  /** Since when it is known, or on its way. */
  since: Instant;
  /** Of `NOT_SENT_REASONS`: somebody has to do something. Of `TROUBLES`, or null: it is tried again, or nobody says that it arrived. */
  reason: string | null;
  isTriedAgain: boolean;
}

const pageSize = 50;
/** So long a message may take to arrive before anybody is told. */
const usualSeconds = 15 * 60;

const unsent = `
  select id, not_sent_at as since, not_sent_reason as reason, false as tried_again from concern where not_sent_at is not null and authority = $1
  union all
  select record_id, asked_at, trouble, true from sending where kind = 'told' and asked_at < $2 and authority = $1`;

/** The messages to whoever raised a concern that did not arrive. */
@Injectable()
export class UnsentMessages {
  constructor(private readonly clock: Clock) {}

  async page(tx: Queries, { authority, page }: { authority: string; page: number }) {
    const asOf = this.clock.now();
    const given = [authority, addSeconds(asOf, -usualSeconds)];
    const rows: Row[] = await tx.query(
      `select concern.id, reference, concern.authority, referrer_type as "referrerType", person_id as "personId", since, reason, tried_again as "isTriedAgain"
       from (${unsent}) as unsent join concern using (id) where feedback in ('owed', 'not_told', 'told') order by since, id limit ${pageSize} offset ${(page - 1) * pageSize}`,
      given,
    );
    const [counted]: { total: number; oldest: Instant | null }[] = await tx.query(
      `select count(*) as total, min(since) as oldest from (${unsent}) as unsent join concern using (id) where feedback in ('owed', 'not_told', 'told')`,
      given,
    );
    const { total, oldest } = counted!;
    const daysSince = (at: Instant): number => daysBetween(londonDay(at), londonDay(asOf));
    return { items: rows.map((row) => ({ ...row, waitingDays: daysSince(row.since) })), total, oldestDays: oldest && daysSince(oldest), page, pageSize, asOf };
  }
}
