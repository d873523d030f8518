import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { addSeconds, type Instant } from '#libs/calendar';
import { Narrative, type Tx } from '#libs/journal';
import type { Letter, Trouble } from '../../application/post.js';

/** A message that is to be sent, as it is kept until it is. */
export interface Sending extends Pick<Letter, 'id' | 'recordId' | 'authority' | 'kind' | 'way'> {
  textId: string;
  /** Nobody wants it any more after that. */
  endsAt: Instant | null;
  /** How often somebody began to send it, this time included. */
  tries: number;
  /** Under which id whoever carries it has it. */
  handedOver: string | null;
}

const columns = `id, record_id as "recordId", authority, kind, way, text_id as "textId", ends_at as "endsAt", tries, handed_over as "handedOver"`;

/** Longer than one attempt takes: whoever claimed it and died is not waited for any longer. */
const claimedSeconds = 60;
/** So much later it is tried again; the last goes on. */
const waits = [60, 120, 300, 900, 3_600];

/** What waits to be sent. Its words are kept as all words of a record are, and go when it is sent. */
@Injectable()
export class Sendings {
  constructor(private readonly narrative: Narrative) {}

  /** In the transaction in which it is decided; it is sent after that. */
  async add(tx: Tx, letter: Letter, { now, endsAt = null }: { now: Instant; endsAt?: Instant | null }): Promise<void> {
    const { id, recordId, authority, kind, way, to, personalisation } = letter;
    const textId = randomUUID();
    await tx.query(
      `insert into sending (id, record_id, authority, kind, way, text_id, asked_at, next_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
      [id, recordId, authority, kind, way, textId, now, endsAt],
    );
    await this.narrative.keep(tx, [{ recordId, textId, words: JSON.stringify({ to, personalisation }) }]);
  }

  /** What has been due for longest, for whoever asks first. */
  async claim(tx: Tx, now: Instant): Promise<Sending | undefined> {
    const [[claimed]]: [Sending[], number] = await tx.query(
      `update sending set tries = tries + 1, next_at = $2
       where id in (select id from sending where next_at <= $1 order by next_at limit 1 for update skip locked) returning ${columns}`,
      [now, addSeconds(now, claimedSeconds)],
    );
    return claimed;
  }

  /** With its words; undefined where they are gone. */
  async letter(tx: Tx, { id, recordId, authority, kind, way, textId }: Sending): Promise<Letter | undefined> {
    const words = (await this.narrative.read(tx, [textId])).get(textId);
    return words === undefined ? undefined : { id, recordId, authority, kind, way, ...(JSON.parse(words) as Pick<Letter, 'to' | 'personalisation'>) };
  }

  /** It is tried, or looked after, again in a while. */
  async later(tx: Tx, { id, tries }: Sending, { now, trouble = null, handedOver = null }: { now: Instant; trouble?: Trouble | null; handedOver?: string | null }): Promise<void> {
    const next = addSeconds(now, waits[Math.min(tries, waits.length) - 1]!);
    await tx.query(`update sending set next_at = $2, trouble = $3, handed_over = coalesce($4, handed_over) where id = $1`, [id, next, trouble, handedOver]);
  }

  async drop(tx: Tx, { id, textId }: Pick<Sending, 'id' | 'textId'>): Promise<void> {
    await tx.query(`delete from sending where id = $1`, [id]);
    await this.narrative.forget(tx, [textId]);
  }
}
