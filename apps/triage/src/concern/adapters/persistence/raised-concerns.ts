import { Injectable } from '@nestjs/common';
import { Narrative, type Revealed, type Standing } from '#libs/journal';
import { type Asking, Clock, Database, type List, recordReading, sightOf } from '#libs/platform';
import { Concerns } from '../../application/concerns.js';
import type { Concern } from '../../domain/concern.js';
import { type Written, writtenIn } from '../../domain/following.js';

const pageSize = 50;

/** How the concerns go on that somebody raised themselves: nothing of what was found out or judged. */
@Injectable()
export class RaisedConcerns {
  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly narrative: Narrative,
    private readonly clock: Clock,
  ) {}

  /** A page of them, the latest first; the reading is recorded. */
  page<View>(asking: Asking, page: number, view: (standing: Standing<Concern>, written: Revealed<Written>) => View): Promise<{ items: View[]; total: number; page: number; pageSize: number }> {
    const { staff, why } = asking;
    return this.database.transaction(sightOf(asking), async (tx) => {
      const rows: { id: string }[] = await tx.query(
        `select id from concern where raised_by = $1 order by received_at desc, id desc limit ${pageSize} offset $2`,
        [staff.id, (page - 1) * pageSize],
      );
      const recordIds = rows.map(({ id }) => id);
      const [counted]: { total: number }[] = await tx.query(`select count(*) as total from concern where raised_by = $1`, [staff.id]);
      const standings = new Map<string, Standing<Concern>>();
      for (const standing of await this.concerns.standings(tx, recordIds)) standings.set(standing.recordId, await this.concerns.followed(tx, standing));
      if (recordIds.length > 0) await recordReading(tx, { staff, at: this.clock.now(), recordIds, what: 'own concerns' satisfies List, why });
      const written = await this.narrative.reveal(tx, recordIds.map((id) => writtenIn(standings.get(id)!.state)));
      return { items: recordIds.map((id, index) => view(standings.get(id)!, written[index]!)), total: counted!.total, page, pageSize };
    });
  }
}
