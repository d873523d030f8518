import { Injectable } from '@nestjs/common';
import { addDays, addYears, daysBetween, type Day, endOfDay, type Instant, londonDay, startOfDay } from '#libs/calendar';
import type { Queries, Sight, Tx } from '#libs/journal';
import { Clock, Database } from '#libs/platform';
import { DecisionsSeen } from '../../application/concern-reading.js';
import { type Agreement, agreementOf, consistencyDefined, type Pair } from '../../domain/agreement.js';
import { LIMBS } from '../../domain/three-limbs.js';
import { knowsIt, wasShown } from './owed-look.js';

interface Row {
  id: string;
  reference: string;
  authority: string;
  receivedAt: Instant;
  decidedAt: Instant;
  referrerType: string | null;
  personId: string | null;
}

/** How often two people answered so of the same decisions. */
type Counted = Record<`${'first' | 'second'}_${(typeof LIMBS)[number] | 'outcome'}`, string> & { times: number };

const pageSize = 50;
const parts = [...LIMBS, 'outcome'] as const;

/** The second looks that are owed, and how far those that were given agree with the decisions. */
@Injectable()
export class SecondLooks extends DecisionsSeen {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Those that somebody may give: of decisions that they neither made nor have seen, the oldest first. Nothing of the decision is told. */
  async owed(tx: Queries, { authority, by, page }: { authority: string; by: string; page: number }) {
    const asOf = this.clock.now();
    const owed = `from second_look look join concern on concern.id = look.record_id
      where look.authority = $1 and look.given_at is null and not ${knowsIt('$2')}`;
    const rows: Row[] = await tx.query(
      `select concern.id, concern.reference, concern.authority, concern.received_at as "receivedAt", look.decided_at as "decidedAt",
              concern.referrer_type as "referrerType", concern.person_id as "personId" ${owed}
       order by look.decided_at, look.record_id limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [authority, by],
    );
    const [counted]: { total: number; oldest: Instant | null }[] = await tx.query(`select count(*) as total, min(look.decided_at) as oldest ${owed}`, [authority, by]);
    const { total, oldest } = counted!;
    const daysSince = (at: Instant): number => daysBetween(londonDay(at), londonDay(asOf));
    return { items: rows.map((row) => ({ ...row, waitingDays: daysSince(row.decidedAt) })), total, oldestDays: oldest && daysSince(oldest), page, pageSize, asOf };
  }

  override async hasSeen(tx: Tx, recordId: string, by: string): Promise<boolean> {
    const [found]: { seen: boolean }[] = await tx.query(`select ${wasShown('$2', 'concern.id', 'concern.decided_at')} as seen from concern where concern.id = $1`, [recordId, by]);
    return found?.seen ?? false;
  }

  /** How far two people agree, by limb and by outcome, over the second looks given in the twelve months that end with a day; null: of every authority. */
  async consistency(sight: Sight, authority: string | null, lastDay: Day): Promise<{ definition: string; from: Day; to: Day; owed: number; agreement: Record<string, Agreement> }> {
    const from = addDays(addYears(lastDay, -1), 1);
    const answers = parts.flatMap((part) => [`first_${part}`, `second_${part}`]).join(', ');
    const seen = this.database.seeing(sight);
    const counted: Counted[] = await seen.query(
      `select ${answers}, count(*) as times from second_look
       where given_at between $2::timestamptz and $3::timestamptz and ($1::text is null or authority = $1) group by ${answers}`,
      [authority, startOfDay(from), endOfDay(lastDay)],
    );
    const [waiting]: { owed: number }[] = await seen.query(
      `select count(*) as owed from second_look where given_at is null and decided_at <= $2::timestamptz and ($1::text is null or authority = $1)`,
      [authority, endOfDay(lastDay)],
    );
    const pairs = (part: (typeof parts)[number]): Pair[] => counted.map((row) => ({ first: row[`first_${part}`], second: row[`second_${part}`], times: Number(row.times) }));
    return { definition: consistencyDefined, from, to: lastDay, owed: Number(waiting!.owed), agreement: Object.fromEntries(parts.map((part) => [part, agreementOf(pairs(part))])) };
  }
}
