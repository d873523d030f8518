import { validate as isUuid } from 'uuid';
import { addSeconds, type Instant } from '#libs/calendar';
import { NotFound, once, type Tx, withRestricted, Words } from '#libs/journal';
import { type Asking, Clock, Database, listedAuthority, recordReading } from '#libs/platform';
import { Concerns } from '../application/concerns.js';

/** A concern that is open to whoever asked for it. */
export interface Opened {
  id: string;
  reference: string;
  /** Until when; null where it was open to them already. */
  until: Instant | null;
}

/** Opens a restricted concern to somebody who is not named. What they asked for is recorded, whatever there is. */
export class BrokenGlass {
  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly clock: Clock,
    /** For how long. */
    private readonly minutes: number,
  ) {}

  /** Once for an idempotency key, also where nothing was found. Throws `NotFound` where there is no such concern. */
  async break(asking: Asking, asked: { concern: string; reason: string }): Promise<Opened> {
    const authority = listedAuthority(asking, undefined);
    const tried = async (tx: Tx): Promise<{ opened: Opened | null }> => ({ opened: (await this.open(tx, asking, { ...asked, authority })) ?? null });
    const { opened } = await this.database.transaction(withRestricted([authority]), (tx) => once({ tx, vault: this.database.vault }, asking.idempotency, () => tried(tx)), 3);
    // Only now, so that what was tried stays recorded.
    if (!opened) throw new NotFound('there is no such record');
    return opened;
  }

  private async open(tx: Tx, { staff, traceparent }: Asking, { concern, reason, authority }: { concern: string; reason: string; authority: string }): Promise<Opened | undefined> {
    const now = this.clock.now();
    const record = (recordIds: string[], what: string): Promise<void> => recordReading(tx, { staff, at: now, recordIds, what, why: reason });
    const recordId = await find(tx, concern, authority);
    if (recordId === undefined) {
      await record([], 'glass tried');
      return undefined;
    }
    const words = new Words(this.database.vault);
    const until = addSeconds(now, this.minutes * 60);
    const { state, events } = await this.concerns.handle(tx, {
      recordId,
      command: { type: 'BreakGlass', at: now, by: staff.id, until, reason: words.keep(reason) },
      context: { authority, actor: staff.id, recordedAt: now, traceparent },
      words,
    });
    const isBroken = events.length > 0;
    await record([recordId], isBroken ? 'glass broken' : 'glass tried');
    return { id: recordId, reference: state.status === 'absent' ? '' : state.story.reference, until: isBroken ? until : null };
  }
}

/** By its id or by exactly its reference; ours are in capitals. Undefined where that is none, or more than one. */
async function find(tx: Tx, concern: string, authority: string): Promise<string | undefined> {
  const rows: { id: string }[] = await tx.query(`select id from concern where (id = $1 or reference = any($2)) and authority = $3 and status <> 'disposed' limit 2`, [
    isUuid(concern) ? concern : null, [concern, concern.toUpperCase()], authority,
  ]);
  return rows.length === 1 ? rows[0]!.id : undefined;
}
