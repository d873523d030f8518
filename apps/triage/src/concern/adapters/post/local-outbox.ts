import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { Narrative, type Tx, withRestricted } from '#libs/journal';
import { Clock, Database } from '#libs/platform';
import { type Letter, type Passage, Post } from '../../application/post.js';
import { isTold, owedLook } from '../persistence/owed-look.js';
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

/** The messages of an authority, and whether somebody may read one: what was written since a decision may tell it. */
const sent = `from local_outbox join concern on concern.id = local_outbox.record_id ${owedLook} where local_outbox.authority = $1`;
const isOpen = `(sent_at < look.decided_at or ${isTold('$2')})`;

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

  /** The latest messages of those that a transaction sees. Those that could tell a decision to whoever has yet to make it again, blind, are counted alone. */
  async page(tx: Tx, { authority, by, page }: { authority: string; by: string; page: number }): Promise<{ items: SentHere[]; total: number; withheld: number; page: number; pageSize: number }> {
    const rows: { id: string; recordId: string; reference: string; way: string; sentAt: Instant; textId: string }[] = await tx.query(
      `select local_outbox.id, local_outbox.record_id as "recordId", reference, way, sent_at as "sentAt", text_id as "textId" ${sent} and ${isOpen}
       order by sent_at desc, local_outbox.id limit ${pageSize} offset ${(page - 1) * pageSize}`,
      [authority, by],
    );
    const [counted]: { total: number; withheld: number }[] = await tx.query(
      `select count(*) filter (where ${isOpen}) as total, count(*) filter (where not ${isOpen}) as withheld ${sent}`,
      [authority, by],
    );
    const words = await this.narrative.read(tx, rows.map(({ textId }) => textId));
    const nothing = { to: null, subject: null, body: null };
    const items = rows.map(({ textId, ...row }) => ({ ...row, ...nothing, ...(JSON.parse(words.get(textId) ?? '{}') as object) }));
    return { items, ...counted!, page, pageSize };
  }
}
