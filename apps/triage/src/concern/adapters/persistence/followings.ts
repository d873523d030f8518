import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { raisedBy, type Sight, type Tx, withRestricted } from '#libs/journal';
import type { Asking } from '#libs/platform';
import type { Following } from '../../domain/following.js';

/** The same, with what proves that it is they who follow it. */
export interface FollowingRow extends Following {
  codeHmac: Buffer | null;
  sessionHmac: Buffer | null;
}

const columns = `asked_at as "askedAt", asked, counted_from as "countedFrom", code_hmac as "codeHmac", code_ends_at as "codeEndsAt", tries,
  session_hmac as "sessionHmac", begun_at as "begunAt", seen_at as "seenAt"`;

/** Who follows what, without an account: one row a concern. */
@Injectable()
export class Followings {
  /** What the program sees that asks for whoever raised it: its council's rows, and what it raised, whoever works on it. */
  sightOf = ({ staff }: Asking): Sight => withRestricted([...(staff.authority === null ? [] : [staff.authority]), raisedBy(staff.id)]);

  /** The concern that this program raised under a reference; undefined where there is none, or more than one. */
  async raisedAs(tx: Tx, reference: string, { staff }: Asking): Promise<string | undefined> {
    const rows: { id: string }[] = await tx.query(`select id from concern where reference = $1 and raised_by = $2 and authority = $3 limit 2`, [reference, staff.id, staff.authority]);
    return rows.length === 1 ? rows[0]!.id : undefined;
  }

  /** One after another: of two who ask at once, the second finds what came of the first. */
  async alone(tx: Tx, recordId: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('following/' || $1, 0))`, [recordId]);
  }

  async find(tx: Tx, recordId: string): Promise<FollowingRow | undefined> {
    const [row]: FollowingRow[] = await tx.query(`select ${columns} from following where record_id = $1 for update`, [recordId]);
    return row;
  }

  /** Another code takes the place of the one before; whoever follows it already goes on. */
  async keepCode(tx: Tx, recordId: string, row: { authority: string; askedAt: Instant; asked: number; countedFrom: Instant; codeHmac: Buffer; codeEndsAt: Instant }): Promise<void> {
    await tx.query(
      `insert into following (record_id, authority, asked_at, asked, counted_from, code_hmac, code_ends_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (record_id) do update set asked_at = $3, asked = $4, counted_from = $5, code_hmac = $6, code_ends_at = $7, tries = 0`,
      [recordId, row.authority, row.askedAt, row.asked, row.countedFrom, row.codeHmac, row.codeEndsAt],
    );
  }

  async countTry(tx: Tx, recordId: string): Promise<void> {
    await tx.query(`update following set tries = tries + 1 where record_id = $1`, [recordId]);
  }

  /** The code is used up, and whoever typed it follows the concern; whoever did before does not any more. */
  async begin(tx: Tx, recordId: string, { sessionHmac, now }: { sessionHmac: Buffer; now: Instant }): Promise<void> {
    await tx.query(`update following set code_hmac = null, code_ends_at = null, session_hmac = $2, begun_at = $3, seen_at = $3 where record_id = $1`, [recordId, sessionHmac, now]);
  }

  async see(tx: Tx, recordId: string, now: Instant): Promise<void> {
    await tx.query(`update following set seen_at = $2 where record_id = $1`, [recordId, now]);
  }

  async end(tx: Tx, recordId: string): Promise<void> {
    await tx.query(`update following set session_hmac = null, begun_at = null, seen_at = null where record_id = $1`, [recordId]);
  }
}
