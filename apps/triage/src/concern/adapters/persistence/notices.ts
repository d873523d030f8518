import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { addSeconds, type Instant } from '#libs/calendar';
import { type Happened, oftenAsked, type Queries, type Tx } from '#libs/journal';
import type { Concern, ConcernEvent } from '../../domain/concern.js';
import { heardOf, type HeardState } from '../../domain/hearing.js';
import type { HookTrouble } from '../webhook/caller.js';
import type { EndedWhy } from './webhooks.js';

/** A change that a program is to be told of. Its id names it for good, however often it is tried. */
export interface Notice {
  id: string;
  program: string;
  recordId: string;
  authority: string;
  state: HeardState;
  happenedAt: Instant;
  /** How often somebody began to tell it, this time included. */
  tries: number;
}

/** One that was set aside: nobody tries again. */
export interface SetAside extends Pick<Notice, 'id' | 'program' | 'state' | 'happenedAt' | 'tries'> {
  trouble: HookTrouble | EndedWhy;
  answered: number | null;
}

const adding = oftenAsked(
  `insert into webhook_notice (id, program, record_id, authority, state, happened_at, asked_at, next_at)
   select id, program, record_id, authority, state, happened_at, asked_at, asked_at
   from jsonb_to_recordset($1::jsonb) as row (id uuid, program text, record_id uuid, authority text, state text, happened_at timestamptz, asked_at timestamptz)
   where program = any (array (select raised_by from unnest($2::text[]) as raised_by where hears(raised_by)))`,
);

/** In the transaction in which it happens. A concern that was disposed of takes what was not told yet with it. */
export async function announce(tx: Tx, changes: Happened<Concern, ConcernEvent>[]): Promise<void> {
  const rows = changes.flatMap(({ before, after: { recordId, authority, begunBy }, events, recordedAt }) =>
    begunBy === null ? [] : heardOf(events, before).map(({ state, at }) => ({ id: v7(), program: begunBy, record_id: recordId, authority, state, happened_at: at, asked_at: recordedAt })),
  );
  if (rows.length > 0) await tx.query(adding, [JSON.stringify(rows), [...new Set(rows.map(({ program }) => program))]]);
  const disposedOf = changes.filter(({ after }) => after.state.status === 'disposed').map(({ after }) => after.recordId);
  if (disposedOf.length > 0) await tx.query(`delete from webhook_notice where record_id = any($1)`, [disposedOf]);
}

const columns = `id, program, record_id as "recordId", authority, state, happened_at as "happenedAt", tries`;

/** Whoever something is kept for, without reading all of it: one step by the index each. */
const programs = `with recursive named as (
  (select program from webhook_notice order by program limit 1)
  union all
  select (select notice.program from webhook_notice as notice where notice.program > named.program order by notice.program limit 1) from named where named.program is not null)`;

/** Longer than one attempt takes: whoever claimed it and died is not waited for any longer. */
const claimedSeconds = 60;
/** So much later it is tried again: about a day in all, and then no more. */
export const waits = [10, 60, 300, 1_200, 3_600, 10_800, 28_800, 43_200];
/** So long is kept what was set aside. */
const keptSeconds = 30 * 86_400;
const pageSize = 50;

/** What waits to be told, and what was set aside. */
@Injectable()
export class Notices {
  /** The programs but these for which something is due, those first for which it has been for longest. */
  async programsDue(tx: Tx, now: Instant, but: readonly string[]): Promise<string[]> {
    const rows: { program: string }[] = await tx.query(
      `${programs} select program from named, lateral (select next_at from webhook_notice as notice where notice.program = named.program and next_at <= $1 order by next_at limit 1) as first
       where program <> all ($2::text[]) order by next_at, program`,
      [now, but],
    );
    return rows.map(({ program }) => program);
  }

  /** What has been due for longest of a program, for whoever asks first: what somebody else is claiming is passed over. */
  async claim(tx: Tx, program: string, now: Instant): Promise<Notice | undefined> {
    const [[claimed]]: [Notice[], number] = await tx.query(
      `update webhook_notice set tries = tries + 1, next_at = $3 where id = (
         select id from webhook_notice where program = $1 and next_at <= $2 order by next_at, id limit 1 for update skip locked)
       returning ${columns}`,
      [program, now, addSeconds(now, claimedSeconds)],
    );
    return claimed;
  }

  async drop(tx: Tx, { id }: Notice): Promise<void> {
    await tx.query(`delete from webhook_notice where id = $1`, [id]);
  }

  /** It is tried again in a while or, after the last time, set aside; unless somebody did that meanwhile, or claimed it anew. */
  async later(tx: Tx, { id, tries }: Notice, { now, trouble, answered }: { now: Instant; trouble: HookTrouble; answered: number | null }): Promise<void> {
    const wait = waits[tries - 1];
    await tx.query(`update webhook_notice set next_at = $2, trouble = $3, answered = $4 where id = $1 and tries = $5 and next_at is not null`, [id, wait === undefined ? null : addSeconds(now, wait), trouble, answered, tries]);
  }

  /** Nobody is told any of it any more. */
  async setAsideAll(tx: Tx, program: string, { trouble, answered }: { trouble: EndedWhy; answered: number | null }): Promise<void> {
    await tx.query(`update webhook_notice set next_at = null, trouble = $2, answered = $3 where program = $1 and next_at is not null`, [program, trouble, answered]);
  }

  /** The latest that were set aside, of a council's concerns. */
  setAside(tx: Queries, authority: string | null): Promise<SetAside[]> {
    return tx.query(
      `select id, program, state, happened_at as "happenedAt", tries, trouble, answered from webhook_notice where next_at is null and authority = $1 order by asked_at desc, id limit ${pageSize}`,
      [authority],
    );
  }

  /** What was set aside long ago, and what of each program was before the latest so many. */
  async forget(tx: Tx, { most, now }: { most: number; now: Instant }): Promise<void> {
    await tx.query(`delete from webhook_notice where next_at is null and asked_at < $1`, [addSeconds(now, -keptSeconds)]);
    await tx.query(
      `delete from webhook_notice where id = any (array(
         select older.id from webhook, lateral (select id from webhook_notice as notice where notice.program = webhook.program and next_at is null order by next_at desc, id desc offset $1) as older))`,
      [most],
    );
  }
}
