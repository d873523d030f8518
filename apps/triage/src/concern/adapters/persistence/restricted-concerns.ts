import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { type Asking, Clock, Database, recordReading, sightOf } from '#libs/platform';

interface Row {
  id: string;
  reference: string;
  status: string;
  receivedAt: Instant;
  personId: string | null;
  since: Instant;
  /** They have not opened it since it was restricted to them. */
  isNew: boolean;
  glass: { by: string; at: Instant; until: Instant }[];
}

interface Page<Item> {
  items: Item[];
  total: number;
  page: number;
  pageSize: number;
}

const pageSize = 50;
const opened = `array['concern', 'concern case', 'concern story']`;

/** What is told of restricted concerns: to those who are named, which they are; to managers and auditors, who opened one without being named. */
@Injectable()
export class RestrictedConcerns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those that are restricted to somebody among others; first those that they have not opened since. */
  async page(tx: Tx, { authority, by, page }: { authority: string; by: string; page: number }): Promise<Page<Row>> {
    const theirs = `from restriction join concern on concern.id = record_id where named = $1 and until is null and concern.authority = $2`;
    const items: Row[] = await tx.query(
      `select concern.id, reference, status, received_at as "receivedAt", person_id as "personId", since,
              not exists (select from readings_of_record(concern.id) where actor = $1 and read_at >= since and what = any(${opened})) as "isNew",
              coalesce((select jsonb_agg(jsonb_build_object('by', broken.named, 'at', broken.since, 'until', broken.until) order by broken.since desc)
                from restriction broken where broken.record_id = concern.id and broken.until is not null), '[]') as glass
       ${theirs} order by "isNew" desc, since desc, concern.id limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [by, authority],
    );
    const [counted]: { total: number }[] = await tx.query(`select count(*) as total ${theirs}`, [by, authority]);
    return { items, total: counted!.total, page, pageSize };
  }

  /** Who broke the glass. Which concern it was, PostgreSQL shows to those to whom it is open. The reading is recorded. */
  glass(asking: Asking, { authority, page }: { authority: string; page: number }): Promise<Page<object>> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const items: { id: string | null }[] = await tx.query(
        `select named as by, since as at, until, concern.id, reference from restriction left join concern on concern.id = record_id
         where restriction.authority = $1 and until is not null order by since desc, record_id, named limit ${pageSize} offset ${(page - 1) * pageSize}`,
        [authority],
      );
      const [counted]: { total: number }[] = await tx.query(`select count(*) as total from restriction where authority = $1 and until is not null`, [authority]);
      const recordIds = [...new Set(items.flatMap(({ id }) => id ?? []))];
      await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds, what: 'queue', why: asking.why });
      return { items, total: counted!.total, page, pageSize };
    });
  }
}
