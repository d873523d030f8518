import { validate as isUuid } from 'uuid';
import { addSeconds, type Instant } from '#libs/calendar';
import { type Narrative, NotFound, once, type Request, type Tx, withRestricted, Words } from '#libs/journal';
import { type BreakGlass, glassOf, type Restrictable } from '#libs/restriction';
import { listedAuthority } from './admit.js';
import type { Asking } from './asking.js';
import type { Clock } from './clock.js';
import type { Database } from './database.js';
import { recordReading } from './reading.js';
import type { RestrictedTable } from './restricted-persons.js';

/** A record that is open to whoever asked for it. */
export interface OpenedByGlass {
  id: string;
  reference: string;
  /** Until when; null where it was open to them already. */
  until: Instant | null;
}

interface On {
  database: Database;
  records: { handle(tx: Tx, request: Request<BreakGlass>): Promise<{ events: readonly unknown[] }> };
  clock: Clock;
  kind: Pick<RestrictedTable, 'table'>;
  /** For how long. */
  minutes: number;
}

/** Opens a restricted record to somebody who is not named. What they asked for is recorded, whatever there is. */
export class BrokenGlass {
  constructor(private readonly on: On) {}

  /** Once for an idempotency key, also where nothing was found. `called`: its id, or exactly its reference. Throws `NotFound` where there is no such record. */
  async break(asking: Asking, asked: { called: string; reason: string }): Promise<OpenedByGlass> {
    const authority = listedAuthority(asking, undefined);
    const { database } = this.on;
    const tried = async (tx: Tx): Promise<{ opened: OpenedByGlass | null }> => ({ opened: (await this.open(tx, asking, { ...asked, authority })) ?? null });
    const { opened } = await database.transaction(withRestricted([authority]), async (tx) => {
      let isRepeated = true;
      const answer = await once({ tx, vault: database.vault }, asking.idempotency, () => {
        isRepeated = false;
        return tried(tx);
      });
      // Since then it may be kept from them.
      const isThere = !isRepeated || (answer.opened && (await this.find(tx, { called: answer.opened.id, authority, by: asking.staff.id })));
      return isThere ? answer : { opened: null };
    }, 3);
    // Only now, so that what was tried stays recorded.
    if (!opened) throw new NotFound('there is no such record');
    return opened;
  }

  private async open(tx: Tx, { staff, traceparent }: Asking, { called, reason, authority }: { called: string; reason: string; authority: string }): Promise<OpenedByGlass | undefined> {
    const { database, records, clock, minutes } = this.on;
    const now = clock.now();
    const record = (recordIds: string[], what: string): Promise<void> => recordReading(tx, { staff, at: now, recordIds, what, why: reason });
    const found = await this.find(tx, { called, authority, by: staff.id });
    if (found === undefined) {
      await record([], 'glass tried');
      return undefined;
    }
    const words = new Words(database.vault);
    const until = addSeconds(now, minutes * 60);
    const { events } = await records.handle(tx, {
      recordId: found.id,
      command: { type: 'BreakGlass', at: now, by: staff.id, until, reason: words.keep(reason) },
      context: { authority, actor: staff.id, recordedAt: now, traceparent },
      words,
    });
    const isBroken = events.length > 0;
    await record([found.id], isBroken ? 'glass broken' : 'glass tried');
    return { ...found, until: isBroken ? until : null };
  }

  /** Ours are in capitals. Undefined where that is none, or more than one, or one that is kept from them: that is not there for them, whatever they say. */
  private async find(tx: Tx, { called, authority, by }: { called: string; authority: string; by: string }): Promise<{ id: string; reference: string } | undefined> {
    const rows: { id: string; reference: string }[] = await tx.query(
      `select id, reference from ${this.on.kind.table} one where (id = $1 or reference = any($2)) and authority = $3 and status <> 'disposed'
         and not exists (select from restriction where record_id = one.id and named = $4 and kept and until is null) limit 2`,
      [isUuid(called) ? called : null, [called, called.toUpperCase()], authority, by],
    );
    return rows.length === 1 ? rows[0]! : undefined;
  }
}

/** Why somebody reads a record: the reason of whoever broke a glass is that of each reading. */
export async function whyRead(tx: Tx, { staff, why }: Asking, { record, narrative }: { record: Restrictable | undefined; narrative: Narrative }): Promise<string | null> {
  const broken = record && glassOf(record, staff.id);
  return (broken && (await narrative.read(tx, [broken.reason.textId])).get(broken.reason.textId)) ?? why;
}
