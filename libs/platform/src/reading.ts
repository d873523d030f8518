import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { closeReason, keepingReason, lastly, oftenAsked, type Tx } from '#libs/journal';
import { sightOf } from './admit.js';
import type { Asking } from './asking.js';
import { Clock } from './clock.js';
import { Database, vaultOf } from './database.js';

export interface Reading {
  staff: { id: string; authority: string | null };
  at: Instant;
  recordIds: string[];
  what: string;
  /** In somebody's words, which are kept encrypted. */
  why: string | null;
}

/** Pages that list many, as what was read is called: being shown one record there is not opening it. */
export const LISTS = [
  'readings', 'queue', 'duties', 'outbox', 'second looks', 'restricted requests', 'broken glass', 'kept from somebody', 'names', 'likenesses', 'own concerns', 'own files',
  'concerns of the same person', 'concerns at the same place', 'concerns of people found', 'requests of the same person', 'enquiries of concerns', 'rows set aside, as CSV',
] as const;
export type List = (typeof LISTS)[number];

/** Those that are called by the kind of record that they list, or by the words that were searched for, as PostgreSQL compares them. */
export const LISTS_LIKE = ['% list', '% due for disposal', '% under a legal hold', 'person search by %'] as const;

const recording = oftenAsked('insert into read_audit (read_at, actor, authority, record_ids, what) values ($1, $2, $3, $4, $5)');
const recordingWhy = oftenAsked(`
${keepingReason('$6', '$7')}
insert into read_audit (read_at, actor, authority, record_ids, what, why_text) values ($1, $2, $3, $4, $5, $6)`);

/** Records that somebody read these records: one row a page, in the transaction whose answer shows them and which ends well only if that is kept. */
export async function recordReading(tx: Tx, { staff, at, recordIds, what, why }: Reading): Promise<void> {
  const { textId, cipher } = closeReason(vaultOf(tx), why);
  const row = [at, staff.id, staff.authority, recordIds, what];
  await lastly(tx, textId === null ? tx.query(recording, row) : tx.query(recordingWhy, [...row, textId, cipher]));
}

/** A page of a list, and whom each of its lines is about. */
export interface Listing<Page extends { items: unknown[] }> {
  find: (tx: Tx) => Promise<Page>;
  idOf: (item: Page['items'][number]) => string;
}

/** What pages of lists showed. */
@Injectable()
export class PageReadings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The page, once it is recorded that somebody was shown these records: both in one transaction that sees what is theirs. */
  shown<Page extends { items: unknown[] }>(asking: Asking, what: List, { find, idOf }: Listing<Page>): Promise<Page> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const page = await find(tx);
      const recordIds = [...new Set(page.items.map(idOf))];
      if (recordIds.length > 0) await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds, what, why: asking.why });
      return page;
    });
  }
}
