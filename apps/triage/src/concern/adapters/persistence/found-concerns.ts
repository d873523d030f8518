import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { admitted, type Asking, Clock, Database, recordReading, sightOf } from '#libs/platform';

interface Row {
  id: string;
  reference: string;
  authority: string;
  status: string;
  receivedAt: Instant;
  personId: string | null;
  raisedBy: string | null;
}

/** A concern that was found, as far as somebody needs it to open the right one. */
export type Found = Pick<Row, 'id' | 'reference' | 'status' | 'receivedAt'>;

const columns = 'id, reference, authority, status, received_at as "receivedAt", person_id as "personId", raised_by as "raisedBy"';
/** More than this a file never called the same. */
const most = 20;

/** Concerns of one's own authority by what they are called, and whom some are about. What is shown is recorded. */
@Injectable()
export class FoundConcerns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those with exactly this reference; ours are in capitals, an old system's are as it wrote them. */
  byReference(asking: Asking, reference: string): Promise<{ items: Found[] }> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const sql = `select ${columns} from concern where reference = any($1) and authority = $2 order by received_at desc, id desc limit ${most}`;
      const seen = await this.seen(tx, asking, { rows: await tx.query(sql, [[reference, reference.toUpperCase()], asking.staff.authority]), what: 'concern by its reference' });
      return { items: seen.map(({ id, reference, status, receivedAt }) => ({ id, reference, status, receivedAt })) };
    });
  }

  /** Whom these concerns are about, as far as that is known. */
  people(asking: Asking, ids: readonly string[]): Promise<{ items: { id: string; personId: string | null }[] }> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const sql = `select ${columns} from concern where id = any($1::uuid[]) and authority = $2`;
      const seen = await this.seen(tx, asking, { rows: await tx.query(sql, [ids, asking.staff.authority]), what: 'queue' });
      return { items: seen.map(({ id, personId }) => ({ id, personId })) };
    });
  }

  private async seen(tx: Tx, asking: Asking, { rows, what }: { rows: Row[]; what: string }): Promise<Row[]> {
    const { staff, why } = asking;
    const cases = rows.map((row) => ({ id: row.id, row, held: { authority: row.authority, raisedBy: row.raisedBy, aboutPersonId: row.personId } }));
    const seen = admitted(asking, cases).map(({ row }) => row);
    if (seen.length > 0) await recordReading(tx, { staff, at: this.clock.now(), recordIds: seen.map(({ id }) => id), what, why });
    return seen;
  }
}
