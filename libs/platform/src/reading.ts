import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import type { Asking } from './asking.js';
import { Clock } from './clock.js';
import { Database } from './database.js';

export interface Reading {
  staff: { id: string; authority: string | null };
  at: Instant;
  recordIds: string[];
  what: string;
  why: string | null;
}

/** Records that somebody read these records: one row a page, in the transaction whose answer shows them. */
export async function recordReading(tx: Tx, { staff, at, recordIds, what, why }: Reading): Promise<void> {
  await tx.query(
    `insert into read_audit (read_at, actor, authority, record_ids, what, why) values ($1, $2, $3, $4, $5, $6)`,
    [at, staff.id, staff.authority, recordIds, what, why],
  );
}

/** What pages of lists showed. */
@Injectable()
export class PageReadings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The page, once it is recorded that somebody was shown these records. */
  async shown<Page extends { items: unknown[] }>({ staff, why }: Asking, what: string, { page, idOf }: { page: Page; idOf: (item: Page['items'][number]) => string }): Promise<Page> {
    const recordIds = [...new Set(page.items.map(idOf))];
    if (recordIds.length > 0) await this.database.transaction((tx) => recordReading(tx, { staff, at: this.clock.now(), recordIds, what, why }));
    return page;
  }
}
