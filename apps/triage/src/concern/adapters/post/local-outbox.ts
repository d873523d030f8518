import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { Narrative, type Tx, withRestricted } from '#libs/journal';
import { Clock, Database } from '#libs/platform';
import { type Letter, type Passage, Post } from '../../application/post.js';
import { filled } from './templates.js';

/** A message as somebody at this machine reads it. Without words: what was said of its concern was disposed of. */
export interface SentHere {
  id: string;
  recordId: string;
  reference: string;
  way: string;
  sentAt: Instant;
  to: string | null;
  subject: string | null;
  body: string | null;
}

const pageSize = 50;

/** Keeps what would be sent, on this machine alone: for trying out. Nobody outside is reached. */
@Injectable()
export class LocalOutbox extends Post {
  readonly by = 'outbox';

  constructor(
    private readonly database: Database,
    private readonly narrative: Narrative,
    private readonly clock: Clock,
  ) {
    super();
  }

  async send(letter: Letter): Promise<Passage> {
    const { id, recordId, authority, way, to } = letter;
    await this.database.transaction(withRestricted([authority]), async (tx) => {
      const textId = randomUUID();
      const added: unknown[] = await tx.query(
        `insert into local_outbox (id, record_id, authority, way, text_id, sent_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
        [id, recordId, authority, way, textId, this.clock.now()],
      );
      if (added.length > 0) await this.narrative.keep(tx, [{ recordId, textId, words: JSON.stringify({ to, ...filled(letter) }) }]);
    });
    return { is: 'delivered' };
  }

  fate(): Promise<Passage> {
    return Promise.resolve({ is: 'delivered' });
  }

  /** The latest messages of those that a transaction sees. */
  async page(tx: Tx, authority: string, page: number): Promise<{ items: SentHere[]; total: number; page: number; pageSize: number }> {
    const rows: { id: string; recordId: string; reference: string; way: string; sentAt: Instant; textId: string }[] = await tx.query(
      `select local_outbox.id, record_id as "recordId", reference, way, sent_at as "sentAt", text_id as "textId" from local_outbox join concern on concern.id = record_id
       where local_outbox.authority = $1 order by sent_at desc, local_outbox.id limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [authority],
    );
    const [counted]: { total: number }[] = await tx.query(`select count(*) as total from local_outbox where authority = $1`, [authority]);
    const words = await this.narrative.read(tx, rows.map(({ textId }) => textId));
    const nothing = { to: null, subject: null, body: null };
    const items = rows.map(({ textId, ...row }) => ({ ...row, ...nothing, ...(JSON.parse(words.get(textId) ?? '{}') as object) }));
    return { items, total: counted!.total, page, pageSize };
  }
}
