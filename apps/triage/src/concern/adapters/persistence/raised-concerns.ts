import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { type Asking, Clock, Database, recordReading, sightOf } from '#libs/platform';

interface Row {
  id: string;
  reference: string;
  authority: string;
  receivedAt: Instant;
  status: string;
  missing: string[];
  decidedAt: Instant | null;
  feedback: string | null;
}

const pageSize = 50;

/** How the concerns go on that somebody raised themselves: nothing of what was found out or judged. */
@Injectable()
export class RaisedConcerns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A page of them, the latest first; the reading is recorded. */
  page(asking: Asking, page: number): Promise<object> {
    const { staff, why } = asking;
    return this.database.transaction(sightOf(asking), async (tx) => {
      const items: Row[] = await tx.query(
        `select id, reference, authority, received_at as "receivedAt", status, to_chase as missing, decided_at as "decidedAt", feedback
         from concern where raised_by = $1 order by received_at desc, id desc limit ${pageSize} offset $2`,
        [staff.id, (page - 1) * pageSize],
      );
      const [counted]: { total: number }[] = await tx.query(`select count(*) as total from concern where raised_by = $1`, [staff.id]);
      if (items.length > 0) await recordReading(tx, { staff, at: this.clock.now(), recordIds: items.map(({ id }) => id), what: 'own concerns', why });
      return { items, total: counted!.total, page, pageSize };
    });
  }
}
