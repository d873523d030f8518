import type { DataSource } from 'typeorm';
import type { Tx } from './database.js';

/** A message that could not be handled; refers to it and holds nothing of it. */
export interface DeadLetter {
  messageId: string;
  stream: string;
  streamSequence: number;
  type: string;
  errorClass: string;
  attempts: number;
}

/** Inbox row and effect in one transaction, so that a second delivery changes nothing. */
export class Intake {
  constructor(
    private readonly source: DataSource,
    private readonly committed: () => void = () => {},
  ) {}

  /** Claims the messages' ids and hands on those that are new, all in one transaction. */
  async take(messageIds: string[], handle: (isNew: (id: string) => boolean, tx: Tx) => Promise<void>): Promise<void> {
    await this.source.transaction(async (tx) => {
      const fresh = new Set(await claim(tx, messageIds));
      if (fresh.size > 0) await handle((id) => fresh.delete(id), tx);
    });
    this.committed();
  }

  /**
   * Sets a message aside for a person to look at. Committed before the broker is told to forget it. False where there was
   * nothing to do: it is set aside already, or was taken after all.
   */
  async setAside(letter: DeadLetter): Promise<boolean> {
    const added: unknown[] = await this.source.query(
      `insert into dead_letter (message_id, stream, stream_sequence, type, error_class, attempts)
       select $1::text, $2, $3::bigint, $4, $5, $6::int where not exists (select from inbox where message_id = $1)
       on conflict (message_id) do nothing returning message_id`,
      [letter.messageId, letter.stream, letter.streamSequence, letter.type, letter.errorClass, letter.attempts],
    );
    return added.length > 0;
  }
}

/** The ids that nobody had claimed before, now claimed in this transaction. */
export async function claim(tx: Tx, messageIds: string[]): Promise<string[]> {
  const claimed: { message_id: string }[] = await tx.query(
    `insert into inbox (message_id) select distinct unnest($1::text[]) on conflict do nothing returning message_id`,
    [messageIds],
  );
  return claimed.map((row) => row.message_id);
}
