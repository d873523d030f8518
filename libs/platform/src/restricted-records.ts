import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { sightOf } from './admit.js';
import type { Asking } from './asking.js';
import type { Clock } from './clock.js';
import type { Database } from './database.js';
import { type List, recordReading } from './reading.js';
import type { RestrictedTable } from './restricted-persons.js';

interface Row {
  id: string;
  reference: string;
  status: string;
  receivedAt: Instant;
  personId: string | null;
  since: Instant;
  /** Until when, where it is open to them by a glass that they broke; null where they are named. */
  until: Instant | null;
  /** They have not opened it since it was restricted to them. */
  isNew: boolean;
  glass: { by: string; at: Instant; until: Instant }[];
  /** From whom it is kept. */
  keptFrom: { id: string; why: string; at: Instant }[];
}

interface Kept {
  id: string;
  reference: string;
  keptFrom: string;
  why: string;
  at: Instant;
}

interface Page<Item> {
  items: Item[];
  total: number;
  page: number;
  pageSize: number;
}

const pageSize = 50;

/** What is told of restricted records of one kind: to those who are named, which they are; to managers and auditors, who opened one without being named. */
export class RestrictedRecords {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly kind: RestrictedTable,
  ) {}

  /** Those that are restricted to somebody among others, or open to them just now by a glass that they broke; first those that they have not opened since. */
  async page(tx: Tx, { authority, by, page }: { authority: string; by: string; page: number }): Promise<Page<Row>> {
    const { table, opened } = this.kind;
    const theirs = `from restriction join ${table} one on one.id = record_id where named = $1 and one.authority = $2 and not kept
      and (until is null or (until > now() and exists (select from restriction other where other.record_id = one.id and not other.kept and other.until is null)))`;
    const items: Row[] = await tx.query(
      `select one.id, reference, status, received_at as "receivedAt", person_id as "personId", since, until,
              until is null and not exists (select from readings_of_record(one.id) where actor = $1 and read_at >= since and what = any($3)) as "isNew",
              coalesce((select jsonb_agg(jsonb_build_object('by', broken.named, 'at', broken.since, 'until', broken.until) order by broken.since desc)
                from restriction broken where broken.record_id = one.id and not broken.kept and broken.until is not null), '[]') as glass,
              coalesce((select jsonb_agg(jsonb_build_object('id', keeping.named, 'why', keeping.why, 'at', keeping.since) order by keeping.named)
                from restriction keeping where keeping.record_id = one.id and keeping.kept), '[]') as "keptFrom"
       ${theirs} order by "isNew" desc, since desc, one.id limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [by, authority, opened],
    );
    const [counted]: { total: number }[] = await tx.query(`select count(*) as total ${theirs}`, [by, authority]);
    return { items, total: counted!.total, page, pageSize };
  }

  /** From whom records are kept, the latest first: as far as they are open to whoever asks. */
  async kept(tx: Tx, { authority, page }: { authority: string; page: number }): Promise<Page<Kept>> {
    const those = `from restriction join ${this.kind.table} one on one.id = record_id where restriction.authority = $1 and kept and until is null`;
    const items: Kept[] = await tx.query(
      `select one.id, reference, named as "keptFrom", why, since as at ${those} order by since desc, one.id, named limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [authority],
    );
    const [counted]: { total: number }[] = await tx.query(`select count(*) as total ${those}`, [authority]);
    return { items, total: counted!.total, page, pageSize };
  }

  /** Who broke the glass, but of records that are kept from whoever asks. Which record it was, PostgreSQL shows to those to whom it is open. The reading is recorded. */
  glass(asking: Asking, { authority, page }: { authority: string; page: number }): Promise<Page<object>> {
    const those = `from restriction left join ${this.kind.table} one on one.id = record_id where restriction.authority = $1 and not kept and until is not null
      and not exists (select from restriction keeping where keeping.record_id = restriction.record_id and keeping.named = $2 and keeping.kept and keeping.until is null)`;
    return this.database.transaction(sightOf(asking), async (tx) => {
      const items: { id: string | null }[] = await tx.query(
        `select named as by, since as at, until, one.id, reference ${those} order by since desc, record_id, named limit ${pageSize} offset ${(page - 1) * pageSize}`,
        [authority, asking.staff.id],
      );
      const [counted]: { total: number }[] = await tx.query(`select count(*) as total ${those}`, [authority, asking.staff.id]);
      const recordIds = [...new Set(items.flatMap(({ id }) => id ?? []))];
      await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds, what: 'broken glass' satisfies List, why: asking.why });
      return { items, total: counted!.total, page, pageSize };
    });
  }
}
