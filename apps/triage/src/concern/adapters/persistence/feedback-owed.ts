import { Injectable } from '@nestjs/common';
import { daysBetween, type Instant, londonDay } from '#libs/calendar';
import { Clock, Database } from '#libs/platform';

interface Row {
  id: string;
  reference: string;
  authority: string;
  referrerType: string | null;
  personId: string | null;
  outcome: string;
  decidedAt: Instant;
}

const pageSize = 50;

/** The concerns that are decided and whose referrer nobody has told what became of it, paged in the database. */
@Injectable()
export class FeedbackOwed {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async page({ authority, page }: { authority?: string | undefined; page: number }) {
    const asOf = this.clock.now();
    const owed = `from concern where feedback = 'owed' and ($1::text is null or authority = $1)`;
    const rows = await this.database.query<Row[]>(
      `select id, reference, authority, referrer_type as "referrerType", person_id as "personId", outcome, decided_at as "decidedAt" ${owed}
       order by decided_at, id limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [authority ?? null],
    );
    const [counted] = await this.database.query<{ total: number; oldest: Instant | null }[]>(`select count(*) as total, min(decided_at) as oldest ${owed}`, [authority ?? null]);
    const { total, oldest } = counted!;
    const daysSince = (at: Instant): number => daysBetween(londonDay(at), londonDay(asOf));
    const items = rows.map((row) => ({ ...row, waitingDays: daysSince(row.decidedAt) }));
    return { items, total, oldestDays: oldest && daysSince(oldest), page, pageSize, asOf };
  }
}
