import type { DataSource } from 'typeorm';
import type { Tx } from './database.js';
import { authoritiesOf, seeing, type Sight, transact, withRestricted } from './sight.js';

/** A message that could not be handled; refers to it and holds nothing of it. */
export interface DeadLetter {
  messageId: string;
  stream: string;
  streamSequence: number;
  type: string;
  errorClass: string;
  attempts: number;
  /** The record here that it is about; kept where records can be restricted. */
  recordId?: string | undefined;
}

/** In a statement: the row of a letter, which is given as JSON. Where the table does not keep which record it is about, that is left out. */
export const letterRow = (given: string): string => `jsonb_populate_record(null::dead_letter, ${given}::jsonb || jsonb_build_object('set_aside_at', now()))`;

/** A letter as `letterRow` takes it. */
export const letterGiven = ({ messageId, stream, streamSequence, type, errorClass, attempts, recordId }: DeadLetter): string =>
  JSON.stringify({ message_id: messageId, stream, stream_sequence: streamSequence, type, error_class: errorClass, attempts, record_id: recordId });

/** A message as far as it is claimed: its id, and to whose record it belongs. */
export interface Claimable {
  id: string;
  /** Null: to nobody's. */
  authority: string | null;
}

/**
 * What a batch of messages sees: the rows of the authorities that their envelopes name. A service whose messages are about
 * what belongs to no one authority sees everybody's with each.
 */
export type MessageSight = 'envelopes' | 'every';

/** What these messages see. */
export const sightOf = (messages: readonly Claimable[], sees: MessageSight): Sight => (sees === 'every' ? 'every' : withRestricted(authoritiesOf(messages)));

/** Inbox row and effect in one transaction, so that a second delivery changes nothing. */
export class Intake {
  constructor(
    private readonly source: Pick<DataSource, 'createQueryRunner'>,
    private readonly committed: () => void = () => {},
    private readonly sees: MessageSight = 'envelopes',
  ) {}

  /** Claims the messages' ids and hands on those that are new, all in one transaction that sees what they belong to. */
  async take(messages: readonly Claimable[], handle: (isNew: (id: string) => boolean, tx: Tx) => Promise<void>): Promise<void> {
    await transact(this.source, { sight: sightOf(messages, this.sees) }, async (tx) => {
      const fresh = new Set(await claim(tx, messages.map(({ id }) => id)));
      if (fresh.size > 0) await handle((id) => fresh.delete(id), tx);
    });
    this.committed();
  }

  /**
   * Sets a message aside for a person to look at. Committed before the broker is told to forget it. False where there was
   * nothing to do: it is set aside already, or was taken after all.
   */
  async setAside(letter: DeadLetter): Promise<boolean> {
    const added: unknown[] = await seeing(this.source, []).query(
      `insert into dead_letter select letter.* from ${letterRow('$2')} as letter where not exists (select from inbox where message_id = $1)
       on conflict (message_id) do nothing returning message_id`,
      [letter.messageId, letterGiven(letter)],
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
