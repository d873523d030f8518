import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { type Queries, type SealedRow, type SealedRows, type Tx, Vault } from '#libs/journal';

/** Where a program is told, and what signs what it is told. */
export interface Target {
  url: string;
  secret: string;
}

/** Why a program is told nothing any more: it answered that it is there no more; or more waited for it than is kept. */
export type EndedWhy = 'gone' | 'too_many';

const purpose = 'webhook';
const placeOf = (program: string): string => `webhook/target/${program}`;

/** A program's webhook, as it is shown to itself; null where it has none. */
export interface HookView {
  url: string | null;
  setAt: Instant | null;
  goneAt: Instant | null;
  goneWhy: EndedWhy | null;
  waiting: number;
  setAside: number;
}

/** The same as it is shown to whoever looks after the system: where a program is told, without the rest of its address. */
export interface ListedHook extends Omit<HookView, 'url'> {
  program: string;
  /** Null: it has none any more, or is no program of this council. */
  origin: string | null;
  oldestWaiting: Instant | null;
}

type Standing = Pick<HookView, 'setAt' | 'goneAt' | 'goneWhy'>;
const standing = `set_at as "setAt", gone_at as "goneAt", case when gone_at is not null then coalesce(gone_why, 'gone') end as "goneWhy"`;
const counts = `count(*) filter (where next_at is not null)::int as waiting, count(*) filter (where next_at is null)::int as "setAside"`;

/** Whether whoever this is hears of changes by a webhook. */
export async function hearsOf(tx: Tx, program: string | null): Promise<boolean> {
  if (program === null) return false;
  const [row]: { hears: boolean }[] = await tx.query('select hears($1)', [program]);
  return row!.hears;
}

/** Where programs want to be told. */
@Injectable()
export class Webhooks {
  constructor(private readonly vault: Vault) {}

  async set(tx: Tx, { program, authority, now }: { program: string; authority: string | null; now: Instant }, target: Target): Promise<void> {
    await tx.query(
      `insert into webhook (program, authority, origin, target, set_at) values ($1, $2, $3, $4, $5)
       on conflict (program) do update set authority = $2, origin = $3, target = $4, set_at = $5, gone_at = null, gone_why = null`,
      [program, authority, new URL(target.url).origin, this.vault.close(purpose, placeOf(program), JSON.stringify(target)), now],
    );
  }

  /** Undefined where nothing is told there. */
  async target(tx: Tx, program: string): Promise<Target | undefined> {
    const [row]: { target: Buffer }[] = await tx.query(`select target from webhook where program = $1 and gone_at is null`, [program]);
    return row && this.opened(program, row.target);
  }

  async view(tx: Tx, program: string): Promise<HookView> {
    const [row]: ({ target: Buffer } & Standing)[] = await tx.query(`select target, ${standing} from webhook where program = $1`, [program]);
    const [counted]: { waiting: number; setAside: number }[] = await tx.query(`select ${counts} from webhook_notice where program = $1`, [program]);
    return { url: row ? this.opened(program, row.target).url : null, setAt: row?.setAt ?? null, goneAt: row?.goneAt ?? null, goneWhy: row?.goneWhy ?? null, ...counted! };
  }

  /** With what waits. The origin where it was told; undefined where there was none, as far as the transaction sees. */
  async remove(tx: Tx, program: string): Promise<string | undefined> {
    const [[removed]]: [{ origin: string }[], number] = await tx.query(`delete from webhook where program = $1 returning origin`, [program]);
    await tx.query(`delete from webhook_notice where program = $1`, [program]);
    return removed?.origin;
  }

  /** It answered that it is there no more. One that was set since stays. */
  async gone(tx: Tx, program: string, { target, now }: { target: Target; now: Instant }): Promise<boolean> {
    const [row]: { target: Buffer }[] = await tx.query(`select target from webhook where program = $1 for update`, [program]);
    if (!row || this.opened(program, row.target).secret !== target.secret) return false;
    await tx.query(`update webhook set gone_at = $2, gone_why = 'gone' where program = $1`, [program, now]);
    return true;
  }

  /** Those for which more waits than this are told no more. Their names. */
  async endOverrun(tx: Tx, { most, now }: { most: number; now: Instant }): Promise<string[]> {
    const [ended]: [{ program: string }[], number] = await tx.query(
      `update webhook set gone_at = $1, gone_why = 'too_many' where gone_at is null
       and (select count(*) from (select from webhook_notice as notice where notice.program = webhook.program and next_at is not null limit $2::int + 1) as waiting) > $2::int returning program`,
      [now, most],
    );
    return ended.map(({ program }) => program);
  }

  /** The programs that a council's people see: those that act for it, and those of which something is told of its concerns. */
  list(tx: Queries, authority: string | null): Promise<ListedHook[]> {
    return tx.query(
      `select program, origin, ${standing}, coalesce(waiting, 0) as waiting, coalesce("setAside", 0) as "setAside", "oldestWaiting"
       from (select * from webhook where authority = $1) as webhook
       full join (select program, ${counts}, min(asked_at) filter (where next_at is not null) as "oldestWaiting" from webhook_notice where authority = $1 group by program) as notice using (program)
       order by program`,
      [authority],
    );
  }

  private opened(program: string, sealed: Buffer): Target {
    return JSON.parse(this.vault.open(purpose, placeOf(program), sealed).toString()) as Target;
  }
}

/** Addresses and secrets, for when the service's keys are changed. */
export const webhookTargets: SealedRows<SealedRow & { program: string }> = {
  table: 'webhook',
  purpose,
  async after(queries, last, limit) {
    const rows: { program: string; target: Buffer }[] = await queries.query(`select program, target from webhook where $1::text is null or program > $1 order by program limit $2`, [last?.program ?? null, limit]);
    return rows.map(({ program, target }) => ({ program, place: placeOf(program), sealed: target }));
  },
  async replace(queries, rows) {
    await queries.query(
      `update webhook set target = anew.target from unnest($1::text[], $2::bytea[], $3::bytea[]) as anew (program, before, target)
       where webhook.program = anew.program and webhook.target = anew.before`,
      [rows.map(({ row }) => row.program), rows.map(({ row }) => row.sealed), rows.map(({ sealed }) => sealed)],
    );
  },
};
