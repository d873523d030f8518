import { Injectable } from '@nestjs/common';
import { daysBetween, type Instant, londonDay } from '#libs/calendar';
import type { Queries } from '#libs/journal';
import { Clock } from '#libs/platform';
import type { Band, Kind, Setting } from '../../domain/codes.js';
import { type Duty, duties, type Watched } from '../../domain/duties.js';
import type { LegalTestCode } from '../../domain/legal-tests.js';
import { lookedAtUnderEarlierTest } from '../../domain/screen-request.js';
import { waitOf } from '../../domain/queue.js';

export interface QueueQuestion {
  authority?: string | undefined;
  page: number;
  sort: 'band' | 'receivedAt' | 'waitingDays' | 'reference' | 'kind' | 'setting';
  direction: 'asc' | 'desc';
  band?: Band | 'to_be_prioritised' | undefined;
  kind?: Kind | undefined;
  urgent?: 'yes' | 'no' | undefined;
}

interface Row {
  id: string;
  reference: string;
  authority: string;
  kind: Kind;
  urgent: boolean | null;
  setting: Setting | null;
  band: Band | null;
  receivedAt: Instant;
  personId: string | null;
}

interface WatchedRow extends Omit<Watched, 'needsRescreening'> {
  reference: string;
  authority: string;
  screenedUnder: LegalTestCode | null;
  legacy: boolean;
}

export interface DutiesQuestion {
  authority?: string | undefined;
  code?: Duty['code'] | undefined;
  page: number;
}

const pageSize = 50;

/** Fixed bands first, then who has waited longest; every order ends in the id, so that each page follows from the last. */
const orders: Record<QueueQuestion['sort'], (direction: 'asc' | 'desc') => string> = {
  band: (d) => `band_rank ${d}, received_at, id`,
  receivedAt: (d) => `received_at ${d}, id ${d}`,
  waitingDays: (d) => (d === 'asc' ? 'received_at desc, id desc' : 'received_at, id'),
  reference: (d) => `reference ${d}, id`,
  kind: (d) => `kind ${d}, band_rank, received_at, id`,
  setting: (d) => `setting ${d} nulls last, band_rank, received_at, id`,
};

/** The requests that wait for a decision, sorted, filtered and paged in the database, and what is owed to them. */
@Injectable()
export class WaitingQueue {
  constructor(private readonly clock: Clock) {}

  async page(tx: Queries, asked: QueueQuestion) {
    const now = this.clock.now();
    const { where, values } = filtered(asked);
    const rows: Row[] = await tx.query(
      `select id, reference, authority, kind, urgent, setting, band, received_at as "receivedAt", person_id as "personId"
       from dols_request where ${where} order by ${orders[asked.sort](asked.direction)}
       limit ${pageSize} offset ${(asked.page - 1) * pageSize}`,
      values,
    );
    const [counted]: { total: number; oldest: Instant | null }[] = await tx.query(`select count(*) as total, min(received_at) as oldest from dols_request where ${where}`, values);
    const { total, oldest } = counted!;
    const items = rows.map((row) => ({ ...row, ...waitOf(row, londonDay(now)) }));
    return { items, total, oldestDays: oldest && daysBetween(londonDay(oldest), londonDay(now)), page: asked.page, pageSize, asOf: now };
  }

  /** What somebody owes to those who wait, in the order of the queue. */
  async duties(tx: Queries, { authority, code, page }: DutiesQuestion) {
    const now = this.clock.now();
    const today = londonDay(now);
    const rows: WatchedRow[] = await tx.query(
      `select id as "requestId", reference, authority, band, received_at as "receivedAt", urgent_expires_on as "urgentExpiresOn",
              screened_under as "screenedUnder", legacy, to_look_at as "toLookAt", next_contact_on as "nextContactOn"
       from dols_request where is_waiting and ($1::text is null or authority = $1)`,
      [authority ?? null],
    );
    const byId = new Map(rows.map((row) => [row.requestId, row]));
    const watched = rows.map((row) => ({ ...row, needsRescreening: lookedAtUnderEarlierTest(row, today) }));
    const owed = duties(watched, today).filter((duty) => code === undefined || duty.code === code);
    const items = owed.slice((page - 1) * pageSize, page * pageSize).map((duty) => {
      const { reference, authority } = byId.get(duty.requestId)!;
      return { ...duty, reference, authority };
    });
    return { items, total: owed.length, page, pageSize, asOf: now };
  }
}

function filtered({ authority, band, kind, urgent }: QueueQuestion): { where: string; values: unknown[] } {
  const given: [string, unknown][] = [
    ['authority = $', authority],
    ['band_rank = $', band && { to_be_prioritised: 0, high: 1, medium: 2, low: 3 }[band]],
    ['kind = $', kind],
    ['urgent = $', urgent && urgent === 'yes'],
  ];
  const asked = given.filter(([, value]) => value !== undefined);
  return {
    where: ['is_waiting', ...asked.map(([sql], index) => sql + (index + 1))].join(' and '),
    values: asked.map(([, value]) => value),
  };
}
